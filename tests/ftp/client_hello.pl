#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# client_hello.pl - take one connection, read the ClientHello (RFC 5246 section 7.4.1.2) and say what
# it offers, a line for each:
#
#   port N                         at once: where it listens on 127.0.0.1
#   record 0301                    version of the record; hello: of the message
#   suites c030 c02f ...           in their order
#   compression 00
#   extension NUMBER [WORDS]       in the order of their numbers; the words of those known below
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1) or die "listen: $!";
print 'port ', $listener->sockport, "\n";
alarm 20;
my $peer = $listener->accept or die "accept: $!";

sub receive
{
    my $wanted = shift;
    my $bytes = '';
    while (length $bytes < $wanted) {
        sysread($peer, $bytes, $wanted - length $bytes, length $bytes) or die "closed early\n";
    }
    return $bytes;
}

my ($type, $version, $length) = unpack 'Cnn', receive(5);
die "not one handshake record\n" unless $type == 22;
my $hello = receive($length);
my ($message, $high, $low) = unpack 'CCn', substr $hello, 0, 4, '';
die "not one ClientHello\n" unless $message == 1 && ($high << 16) + $low == length $hello;

# Take what n bytes of length announce.
sub vector
{
    my ($from, $size) = @_;
    my $count = unpack($size == 1 ? 'C' : 'n', substr $$from, 0, $size, '');
    die "a vector is too long\n" if $count > length $$from;
    return substr $$from, 0, $count, '';
}

sub words16 { return join ' ', map { sprintf '%04x', $_ } unpack 'n*', shift }

printf "record %04x\nhello %s\n", $version, unpack 'H4', substr $hello, 0, 2, '';
substr $hello, 0, 32, ''; # random
printf "session %d\n", length vector(\$hello, 1);
print 'suites ', words16(vector(\$hello, 2)), "\n";
print 'compression ', unpack('H*', vector(\$hello, 1)), "\n";

my %known = (
    10 => sub { my $list = shift; return words16(vector(\$list, 2)) }, # supported_groups
    0 => sub { # server_name (RFC 6066 section 3)
        my $list = shift;
        my $names = vector(\$list, 2);
        my $kind = unpack 'C', substr $names, 0, 1, '';
        return "$kind " . vector(\$names, 2);
    },
    13 => sub { my $list = shift; return words16(vector(\$list, 2)) }, # signature_algorithms
    16 => sub { # application_layer_protocol_negotiation (RFC 7301)
        my $list = shift;
        my $names = vector(\$list, 2);
        my @words;
        push @words, vector(\$names, 1) while length $names;
        return "@words";
    },
    43 => sub { my $list = shift; return words16(vector(\$list, 1)) }, # supported_versions
    65281 => sub { return unpack 'H*', shift }, # renegotiation_info (RFC 5746)
);
my %found;
my $extensions = vector(\$hello, 2);
die "bytes after the extensions\n" if length $hello;
while (length $extensions) {
    my $number = unpack 'n', substr $extensions, 0, 2, '';
    my $body = vector(\$extensions, 2);
    die "extension $number twice\n" if exists $found{$number};
    $found{$number} = exists $known{$number} ? ' ' . $known{$number}->($body) : '';
}
print "extension $_$found{$_}\n" for sort { $a <=> $b } keys %found;
