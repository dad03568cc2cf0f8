#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A peer on loopback that is no FTP server of its own.
#
#   peer.pl DIR relay PORT   pass everything on to the server at PORT
#   peer.pl DIR say TEXT     say TEXT to who connects
#   peer.pl DIR hear         say nothing
#   peer.pl DIR shut         close at once
#
# DIR/port has the port once it listens; DIR/sent grows by every byte that came from the other side,
# DIR/count by one byte for each connection. It ends with SIGTERM.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my ($dir, $mode, $argument) = @ARGV;

$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';

sub append {
    my ($name, $bytes) = @_;
    open(my $file, '>>:raw', "$dir/$name") or die "$dir/$name: $!";
    syswrite($file, $bytes);
    close($file);
}

# Read until the other side ends, and note what came; pass it on when there is somebody.
sub converse {
    my ($client, $server) = @_;
    my $ready = IO::Select->new(grep { defined } $client, $server);
    while (my @sockets = $ready->can_read) {
        for my $socket (@sockets) {
            my $n = sysread($socket, my $bytes, 65536);
            return if !$n;
            append('sent', $bytes) if $socket == $client;
            my $other = $socket == $client ? $server : $client;
            while (defined $other && length $bytes) {
                my $written = syswrite($other, $bytes);
                return if !defined $written;
                substr($bytes, 0, $written, '');
            }
        }
    }
}

sub serve {
    my ($client) = @_;
    my $server;
    append('count', '.');
    return if $mode eq 'shut';
    if ($mode eq 'relay') {
        $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $argument) or return;
    }
    syswrite($client, $argument) if $mode eq 'say';
    converse($client, $server);
}

my $listener = IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1') or die "listen: $!";
append('sent', '');
append('count', '');
open(my $port, '>', "$dir/port.new") or die "$dir: $!";
print $port $listener->sockport, "\n";
close($port);
rename("$dir/port.new", "$dir/port") or die "$dir: $!";
while (1) {
    my $client = $listener->accept or next;
    my $pid = fork;
    if (!$pid) {
        close($listener);
        serve($client);
        exit 0;
    }
    close($client);
}
