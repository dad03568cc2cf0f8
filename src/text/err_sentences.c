/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * err_sentences.c - what each error means and what to do about it, once.
 *
 * SENTENCE(ERR_X) = {cause, cause when the error has no first argument, remedy}. %1$s and %2$s are
 * the error's arguments. Words in [brackets] are items of the menu, named as they stand there. A
 * code of err_list.h without its SENTENCE does not compile.
 */
#include "base/intl.h"
#include "text/text_private.h"

#define SENTENCE(code) static const struct err_sentence sentence_##code

/* --- the machine ----------------------------------------------------------------------------- */

SENTENCE(ERR_NO_MEMORY) = {
    N_("The unit has run out of memory."),
    NULL,
    N_("Close other programs, or restart the unit."),
};
SENTENCE(ERR_IO) = {
    N_("Reading or writing %1$s failed."),
    N_("Reading or writing failed."),
    N_("Check the disk or memory card; it may be worn out or not seated well."),
};
SENTENCE(ERR_DISK_FULL) = {
    N_("There is no space left to write %1$s."),
    N_("There is no space left on the unit's disk."),
    N_("Free some space; nothing that was saved before is lost."),
};
SENTENCE(ERR_PERMISSION) = {
    N_("This user may not read or write %1$s."),
    N_("This user may not do that."),
    N_("Run as the user that owns the state folder, or choose other folders with --state-dir and "
       "--run-dir."),
};
SENTENCE(ERR_OTHER_USER) = {
    N_("%1$s belongs to the user %2$s, who could not use what root writes there."),
    N_("The folder belongs to another user, who could not use what root writes there."),
    N_("Run as that user, for example with sudo -u or runuser -u, or choose other folders with "
       "--state-dir and --run-dir."),
};
SENTENCE(ERR_NOT_FOUND) = {
    N_("There is no %1$s."),
    N_("It is not there."),
    N_("Check the name. A job may have been removed in the meantime."),
};
SENTENCE(ERR_EXISTS) = {
    N_("%1$s is there already."),
    N_("It is there already."),
    N_("Choose another name, or remove the old one first."),
};
SENTENCE(ERR_AMBIGUOUS) = {
    N_("%2$s jobs have %1$s in their ID."),
    N_("Several jobs have that in their ID."),
    N_("Give more of it; netmenuctl jobs shows them."),
};
SENTENCE(ERR_BUSY) = {
    N_("It is in use at this moment (%1$s)."),
    N_("It is in use at this moment."),
    N_("Try again in a few seconds."),
};
SENTENCE(ERR_TOO_LARGE) = {
    N_("It is too large (%1$s)."),
    N_("It is too large."),
    N_("Make it smaller, or choose another."),
};
SENTENCE(ERR_DAMAGED) = {
    N_("%1$s is damaged and cannot be read."),
    N_("The data is damaged and cannot be read."),
    N_("It was kept aside for support and is not used; enter or send again what is missing."),
};
SENTENCE(ERR_CANCELLED) = {
    N_("It was cancelled."),
    NULL,
    NULL,
};
SENTENCE(ERR_INTERNAL) = {
    N_("The program met a state that it should not be in (%1$s)."),
    N_("The program met a state that it should not be in."),
    N_("Try again. If it comes back, please report it with the log."),
};
SENTENCE(ERR_USAGE) = {
    N_("The command was not understood: %1$s"),
    N_("The command was not understood."),
    N_("netmenuctl --help shows how it is used."),
};
SENTENCE(ERR_UNAVAILABLE) = {
    N_("That cannot be done now: %1$s is %2$s."),
    N_("That cannot be done now."),
    N_("Check its state, then try again."),
};

/* --- values: the rule that was broken --------------------------------------------------------- */

SENTENCE(ERR_VALUE_LENGTH) = {
    N_("It must be %1$s to %2$s characters long."),
    N_("It is too short or too long."),
    NULL,
};
SENTENCE(ERR_VALUE_CHARACTER) = {
    N_("Only these characters can be used: %1$s"),
    N_("Line ends and other control characters cannot be used."),
    NULL,
};
SENTENCE(ERR_VALUE_LETTER_DIGIT) = {
    N_("It must have at least one letter and at least one digit."),
    NULL,
    NULL,
};
SENTENCE(ERR_VALUE_RANGE) = {
    N_("It must be a number from %1$s to %2$s."),
    N_("The number is out of range."),
    NULL,
};
SENTENCE(ERR_VALUE_CHOICE) = {
    N_("It must be one of: %1$s."),
    N_("It is not one of the choices."),
    NULL,
};
SENTENCE(ERR_VALUE_ADDRESS) = {
    N_("The specified address is invalid."),
    NULL,
    N_("Write an IPv4 address like 192.0.2.10, or an IPv6 address like 2001:db8::10 without "
       "brackets, or a host name. The port has its own item, [Port]."),
};
SENTENCE(ERR_VALUE_HOST) = {
    N_("A host name has only letters, digits, hyphens and dots."),
    NULL,
    N_("Write the name alone, like ingest.example.net, without ftp:// and without a folder. The "
       "port has its own item, [Port]."),
};
SENTENCE(ERR_VALUE_UTF8) = {
    N_("The text has bytes that are no characters (not UTF-8)."),
    NULL,
    N_("Erase the whole value and type it again."),
};
SENTENCE(ERR_VALUE_IPV4) = {
    N_("An IPv4 address such as 192.168.1.20 is wanted."),
    NULL,
    N_("Enter four numbers with dots; the first is 1 to 223, but not 127."),
};
SENTENCE(ERR_VALUE_MASK) = {
    N_("A subnet mask such as 255.255.255.0 is wanted."),
    NULL,
    N_("Ask whoever manages the network; 255.255.255.0 fits most."),
};
SENTENCE(ERR_VALUE_NO_HOST) = {
    N_("With the mask %2$s no device can have the address %1$s: it stands for a whole network."),
    N_("No device can have this address: it stands for a whole network."),
    N_("Change [IP Address] or [Subnet Mask]."),
};
SENTENCE(ERR_VALUE_GATEWAY) = {
    N_("The gateway %1$s is not another device in the network of [IP Address]."),
    N_("The gateway is not another device in the network of [IP Address]."),
    N_("Change [Gateway], or leave it empty when there is no router."),
};
SENTENCE(ERR_VALUE_COUNTRY) = {
    N_("A country is two capital letters, such as DE, JP or US."),
    NULL,
    N_("Enter the country in which the unit is used."),
};
SENTENCE(ERR_UNKNOWN_KEY) = {
    N_("There is no setting named %1$s."),
    N_("There is no setting of that name."),
    N_("netmenuctl list shows every setting."),
};

/* --- what must be there first -------------------------------------------------------------------
 */

SENTENCE(ERR_NO_PASSWORD) = {
    N_("No password has been set for this unit; until then all network functions are off."),
    NULL,
    N_("Set it with [Network Setup] > [Edit Authentication], or with netmenuctl auth password -."),
};
SENTENCE(ERR_AUTH_WRONG) = {
    N_("The user name or the password is wrong."),
    NULL,
    N_("[Show Authentication] shows both. After several wrong ones in a row the unit refuses all."),
};
SENTENCE(ERR_AUTH_LOCKED) = {
    N_("After too many wrong passwords the unit refuses all for another %1$s s."),
    N_("After too many wrong passwords the unit refuses all for some time."),
    N_("Wait, or lift the lock at the unit: [Network Setup] > [Access Attempts], or netmenuctl "
       "auth resume."),
};
SENTENCE(ERR_AUTH_STOPPED) = {
    N_("After 100 wrong passwords in a row the unit refuses all until the lock is lifted."),
    NULL,
    N_("Disconnect from the network, change the password, then lift the lock at the unit: "
       "[Network Setup] > [Access Attempts], or netmenuctl auth resume."),
};
SENTENCE(ERR_AUTH_RECORD) = {
    N_("The record of wrong passwords is damaged (%1$s), so the unit refuses all."),
    N_("The record of wrong passwords is damaged, so the unit refuses all."),
    N_("Lift the lock at the unit: [Network Setup] > [Access Attempts], or netmenuctl auth "
       "resume. The damaged record is kept aside for support."),
};
SENTENCE(ERR_NO_SERVER) = {
    N_("Server %1$s has no [Host Name]."),
    N_("The server has no [Host Name]."),
    N_("Enter it in [Server Settings]."),
};
SENTENCE(ERR_NO_CERTIFICATE) = {
    N_("[Using Secure Protocol] is on, but server %1$s has no [Root Certificate]."),
    N_("[Using Secure Protocol] is on, but there is no [Root Certificate]."),
    N_("Nothing was sent. Load a root certificate first: put certification.pem in the root of a "
       "memory card, then [Root Certificate] > [Load] and [Set]."),
};

/* --- the settings file ------------------------------------------------------------------------ */

SENTENCE(ERR_NO_SETTINGS_FILE) = {
    N_("There is no %1$s on the memory card."),
    N_("There is no settings file on the memory card."),
    N_("Save one with [Settings File] - [Save to Card], or insert the card that has it."),
};
SENTENCE(ERR_SETTINGS_FILE) = {
    N_("It is not a whole settings file of netmenu: something is wrong at %1$s."),
    N_("It is not a whole settings file of netmenu."),
    N_("Nothing was changed. Save the file anew at the unit that it came from."),
};
SENTENCE(ERR_SETTINGS_FILE_NEWER) = {
    N_("The settings file is of a newer version of netmenu (format %1$s)."),
    N_("The settings file is of a newer version of netmenu."),
    N_("Nothing was changed. Update this unit first."),
};
SENTENCE(ERR_PASSPHRASE) = {
    N_("The passphrase is wrong, or the settings file was changed after it was saved."),
    NULL,
    N_("Enter the passphrase with which the file was saved. Nothing was changed."),
};
SENTENCE(ERR_CHANGED_MEANWHILE) = {
    N_("The settings of this unit were changed by someone else in the meantime."),
    NULL,
    N_("Look at the changes once more and load the file again. Nothing was changed."),
};

/* --- memory cards and clips ----------------------------------------------------------------------
 */

SENTENCE(ERR_NO_CARD) = {
    N_("There is no memory card."),
    NULL,
    N_("Insert the card, or name its folder with --card."),
};
SENTENCE(ERR_NO_CERTIFICATE_FILE) = {
    N_("%1$s was not found."),
    N_("certification.pem was not found in the root of a memory card."),
    N_("Copy the certificate to the root of the card, not into a folder, under exactly the name "
       "certification.pem."),
};
SENTENCE(ERR_NOT_REGULAR) = {
    N_("%1$s is not an ordinary file."),
    N_("It is not an ordinary file."),
    N_("Choose a file; folders, links and devices cannot be used."),
};
SENTENCE(ERR_CLIP_GONE) = {
    N_("%1$s is not there."),
    N_("The clip is not there."),
    N_("Check the name, or insert the memory card that has it."),
};
SENTENCE(ERR_CLIP_UNREADABLE) = {
    N_("%1$s cannot be read."),
    N_("The clip cannot be read."),
    N_("Check the memory card and the file's permissions, then retry the job."),
};
SENTENCE(ERR_CLIP_CHANGED) = {
    N_("%1$s has changed since it was added to the job list."),
    N_("The clip has changed since it was added to the job list."),
    N_("Delete the job, and add the clip again when its recording has ended."),
};
SENTENCE(ERR_FOLDER_NAME) = {
    N_("%1$s is not a folder below the [Destination Directory]."),
    N_("That is not a folder below the [Destination Directory]."),
    N_("Write it like A001/proxy, without . and .., without a / at either end, and without control "
       "characters."),
};
SENTENCE(ERR_NAME) = {
    N_("%1$s holds characters that FTP cannot carry."),
    N_("A name holds characters that FTP cannot carry."),
    N_("Rename it without line ends and other control characters."),
};

/* --- certification.pem ---------------------------------------------------------------------------
 */

SENTENCE(ERR_CERT_EMPTY) = {
    N_("The certificate file is empty."),
    NULL,
    N_("Nothing was changed. Copy the file to the card again."),
};
SENTENCE(ERR_CERT_TOO_LARGE) = {
    N_("Certificate %1$s of the file is larger than %2$s bytes."),
    N_("The certificate file is larger than %2$s bytes."),
    N_("Nothing was changed. Leave in the file only the certificates that this server needs."),
};
SENTENCE(ERR_CERT_TOO_MANY) = {
    N_("The file holds more than %1$s certificates."),
    N_("The file holds too many certificates."),
    N_("Nothing was changed. Leave in the file only the certificates that this server needs."),
};
SENTENCE(ERR_CERT_PRIVATE_KEY) = {
    N_("The file holds a private key."),
    NULL,
    N_("Nothing was changed. A private key must never be on a card: give this unit the certificate "
       "alone, and consider the key as known to others."),
};
SENTENCE(ERR_CERT_DER) = {
    N_("The certificate is in the binary form (DER); PEM is needed."),
    NULL,
    N_("Nothing was changed. Convert it: openssl x509 -inform DER -in FILE -out certification.pem"),
};
SENTENCE(ERR_CERT_NOT_PEM) = {
    N_("The file is not a certificate in the PEM form."),
    NULL,
    N_("Nothing was changed. A PEM file is text that begins with -----BEGIN CERTIFICATE-----."),
};
SENTENCE(ERR_CERT_MALFORMED) = {
    N_("Certificate %1$s of the file is damaged."),
    N_("A certificate of the file is damaged."),
    N_("Nothing was changed. Copy the file to the card again, or ask for a new one."),
};
SENTENCE(ERR_CERT_OTHER_KIND) = {
    N_("Part %1$s of the file is not a certificate but %2$s."),
    N_("A part of the file is not a certificate."),
    N_("Nothing was changed. Leave only CERTIFICATE blocks in the file."),
};
SENTENCE(ERR_CERT_UNSUPPORTED) = {
    N_("Certificate %1$s of the file uses an algorithm that this unit does not have."),
    N_("A certificate of the file uses an algorithm that this unit does not have."),
    N_("Nothing was changed. Ask for a certificate with an RSA or ECDSA key, signed with SHA-256 "
       "or better."),
};

/* --- the way to the server -----------------------------------------------------------------------
 */

SENTENCE(ERR_RESOLVE) = {
    N_("No address was found for %1$s."),
    N_("No address was found for the server's name."),
    N_("Check [Host Name] and the unit's network and DNS server."),
};
SENTENCE(ERR_CONNECT_REFUSED) = {
    N_("%1$s refused the connection at port %2$s."),
    N_("The server refused the connection."),
    N_("Check [Port], and that the FTP server is running and its firewall lets this unit in."),
};
SENTENCE(ERR_CONNECT_TIMEOUT) = {
    N_("%1$s did not answer at port %2$s."),
    N_("The server did not answer."),
    N_("Check [Host Name], [Port] and the network; a firewall on the way may drop the connection."),
};
SENTENCE(ERR_UNREACHABLE) = {
    N_("There is no way through the network to %1$s."),
    N_("There is no way through the network to the server."),
    N_("Check that the unit is connected to the right network, its address and its gateway."),
};
SENTENCE(ERR_TIMEOUT) = {
    N_("%1$s stopped answering."),
    N_("The server stopped answering."),
    N_("It will be tried again. If it lasts, check the network and the server."),
};
SENTENCE(ERR_CLOSED) = {
    N_("The connection to %1$s was closed before the work was done."),
    N_("The connection was closed before the work was done."),
    N_("It will be tried again. If it lasts, check the network and the server's log."),
};

/* --- TLS -----------------------------------------------------------------------------------------
 */

SENTENCE(ERR_TLS) = {
    N_("The secure connection failed (%1$s)."),
    N_("The secure connection failed."),
    N_("Nothing was sent. Check the server's TLS settings and log."),
};
SENTENCE(ERR_TLS_NO_SUITE) = {
    N_("The server and this unit have no cipher suite in common."),
    NULL,
    N_("Nothing was sent. On the server, enable one of the suites that netmenuctl suites shows as "
       "recommended; or set [Encryption] to Compatible."),
};
SENTENCE(ERR_TLS_VERSION) = {
    N_("The server does not offer a TLS version that this unit accepts."),
    NULL,
    N_("Nothing was sent. On the server, enable TLS 1.2."),
};
SENTENCE(ERR_TLS_WEAK) = {
    N_("The server's key or certificate is too weak (%1$s)."),
    N_("The server's key or certificate is too weak."),
    N_("Nothing was sent. The server needs a key of RSA 2048 bits, ECDSA P-256, or longer, and a "
       "certificate that is signed with SHA-256 or better, as are those above it."),
};
SENTENCE(ERR_TLS_UNKNOWN_ISSUER) = {
    N_("The server's certificate was issued by %1$s, which the loaded [Root Certificate] does not "
       "cover."),
    N_("The server's certificate was issued by someone whom the loaded [Root Certificate] does not "
       "cover."),
    N_("Nothing was sent. Ask the server's administrator for the root certificate, and load it."),
};
SENTENCE(ERR_TLS_SELF_SIGNED) = {
    N_("The server's certificate (%1$s) is signed only by itself and is not the one that was "
       "loaded."),
    N_("The server's certificate is signed only by itself and is not the one that was loaded."),
    N_("Nothing was sent. If this is the right server, get its certificate from the administrator "
       "and load it as [Root Certificate]."),
};
SENTENCE(ERR_TLS_EXPIRED) = {
    N_("The server's certificate, or one above it, expired on %1$s."),
    N_("The server's certificate, or one above it, has expired."),
    N_("Nothing was sent. Check the unit's date and time; if they are right, the server needs a "
       "new "
       "certificate."),
};
SENTENCE(ERR_TLS_NOT_YET_VALID) = {
    N_("The server's certificate, or one above it, is valid only from %1$s."),
    N_("The server's certificate, or one above it, is not valid yet."),
    N_("Nothing was sent. Check the unit's date and time."),
};
SENTENCE(ERR_TLS_WRONG_HOST) = {
    N_("The server showed a certificate for %1$s, but [Host Name] is %2$s."),
    N_("The server showed a certificate that names no host, but [Host Name] is %2$s."),
    N_("Nothing was sent. Check [Host Name]; if it is right, the server needs a certificate for "
       "that "
       "name."),
};
SENTENCE(ERR_TLS_SIGNATURE) = {
    N_("The server could not prove that its certificate is genuine: a signature is wrong."),
    NULL,
    N_("Nothing was sent. If the server has new certificates, load its new [Root Certificate]; if "
       "not, treat this network as hostile and tell the server's administrator."),
};
SENTENCE(ERR_TLS_UNSUITABLE) = {
    N_("The server's certificate, or one above it, is not made for this use (%1$s)."),
    N_("The server's certificate, or one above it, is not made for this use."),
    N_("Nothing was sent. The server needs a certificate that is meant for a server of this name, "
       "from an authority that may issue it."),
};
SENTENCE(ERR_TLS_CLIENT_CERTIFICATE) = {
    N_("The server asks for a certificate of this unit, which has none."),
    NULL,
    N_("Nothing was sent. Ask the server's administrator not to require client certificates."),
};
SENTENCE(ERR_TLS_INJECTION) = {
    N_("The server, or someone in between, sent data in clear where the encryption begins."),
    NULL,
    N_("Nothing was sent. Treat this network as hostile and tell the server's administrator."),
};
SENTENCE(ERR_TLS_DATA_PEER) = {
    N_("The data connection did not come from the server that was logged in to."),
    NULL,
    N_("The file was not sent. Treat this network as hostile and tell the server's administrator."),
};

/* --- the conversation ----------------------------------------------------------------------------
 */

SENTENCE(ERR_NOT_FTP) = {
    N_("What answers there is not an FTP server."),
    NULL,
    N_("Check [Host Name] and [Port]. FTPES normally uses 21; 22 is SFTP, which is something "
       "else."),
};
SENTENCE(ERR_NO_GREETING) = {
    N_("The server took the connection and said nothing."),
    NULL,
    N_("Check [Port]: explicit FTPS (FTPES) normally uses 21; 990 is implicit FTPS, which this "
       "unit "
       "does not use. It will be tried again."),
};
SENTENCE(ERR_IMPLICIT_TLS) = {
    N_("This port expects encryption from the first byte (implicit FTPS)."),
    NULL,
    N_("Use the server's port for explicit FTPS (FTPES), normally 21, in [Port]."),
};
SENTENCE(ERR_REPLY_TOO_LONG) = {
    N_("The server's reply is longer than any FTP server's."),
    NULL,
    N_("Check [Host Name] and [Port]: this may not be an FTP server."),
};
SENTENCE(ERR_PROTOCOL) = {
    N_("The server answered something that FTP does not allow here."),
    NULL,
    N_("It will be tried again. If it lasts, check the server's log."),
};
SENTENCE(ERR_SERVER_BUSY) = {
    N_("The server has no room for another connection now."),
    NULL,
    N_("It will be tried again. If it lasts, set [Sessions] lower or ask for a higher limit."),
};
SENTENCE(ERR_NO_SECURE) = {
    N_("The server does not offer encryption (AUTH TLS)."),
    NULL,
    N_("Nothing was sent. Enable explicit FTPS on the server. Without it, only turning [Using "
       "Secure "
       "Protocol] off works, and then everything can be read by others, the password too."),
};
SENTENCE(ERR_LOGIN) = {
    N_("The server refused the user name or password."),
    NULL,
    N_("Check [User Name] and [Password] in [Server Settings]."),
};
SENTENCE(ERR_ACCOUNT) = {
    N_("The server wants an account besides user name and password, which this unit does not "
       "send."),
    NULL,
    N_("Ask the server's administrator for a login without ACCT."),
};
SENTENCE(ERR_PROT) = {
    N_("The server refused to encrypt the data connection (PROT P)."),
    NULL,
    N_("Nothing was sent. Enable PROT P on the server."),
};
SENTENCE(ERR_BINARY) = {
    N_("The server refused to take files byte by byte (TYPE I)."),
    NULL,
    N_("Ask the server's administrator to allow binary transfers."),
};
SENTENCE(ERR_FOLDER) = {
    N_("The server refused to open or make the folder %1$s."),
    N_("The server refused to open or make the folder."),
    N_("Check [Destination Directory], and that this user may write there."),
};
SENTENCE(ERR_PASSIVE) = {
    N_("The server refused to open a data connection."),
    NULL,
    N_("Check the server's passive port range, or set [Passive Mode] to the other value."),
};
SENTENCE(ERR_DATA_UNREACHABLE) = {
    N_("The data connection could not be opened."),
    NULL,
    N_("Often a firewall blocks the server's passive ports: open them, or set [Passive Mode] to "
       "the "
       "other value."),
};
SENTENCE(ERR_DATA_REFUSED) = {
    N_("The server refused the data connection."),
    NULL,
    N_("It will be tried again. If it lasts, check the server's log and firewall."),
};
SENTENCE(ERR_SESSION_REUSE) = {
    N_("The server did not accept the data connection as part of the same secure session."),
    NULL,
    N_("On the server, allow TLS session resumption, or do not require it for data connections."),
};
SENTENCE(ERR_STORE) = {
    N_("The server refused to take the file %1$s."),
    N_("The server refused to take the file."),
    N_("Check that this user may write in [Destination Directory] and that the server allows such "
       "a "
       "name."),
};
SENTENCE(ERR_SERVER_FULL) = {
    N_("The server's disk or this user's quota is full."),
    NULL,
    N_("It will be tried again. Make room on the server."),
};
SENTENCE(ERR_ABORTED) = {
    N_("The server broke off the transfer."),
    NULL,
    N_("It will be tried again. If it lasts, check the server's log."),
};
SENTENCE(ERR_STALLED) = {
    N_("No data could be sent for a long time."),
    NULL,
    N_("It will be tried again. Check the signal and the network's load."),
};
SENTENCE(ERR_SIZE_DIFFERS) = {
    N_("The file on the server has %1$s bytes instead of %2$s."),
    N_("The file on the server has another size."),
    N_("It will be sent again. If it lasts, check the server's disk."),
};
SENTENCE(ERR_PART_DIFFERS) = {
    N_("What the server has of the file %1$s is not what was sent."),
    N_("What the server has of the file is not what was sent."),
    N_("It was removed there and will be sent from the beginning. If it lasts, check the server's "
       "disk."),
};
SENTENCE(ERR_RENAME) = {
    N_("The file arrived, but the server refused to name it %1$s."),
    N_("The file arrived, but the server refused to give it its name."),
    N_("Check that this user may rename files there, and that the server allows such a name."),
};
SENTENCE(ERR_DELETE) = {
    N_("The server does not let %1$s be deleted."),
    N_("The server does not let files be deleted."),
    N_("Ask its administrator to let this user delete files in the folder. [Overwrite] needs it on "
       "some servers, and so does tidying up after a broken transfer."),
};
SENTENCE(ERR_OUTCOME_UNKNOWN) = {
    N_("The connection was lost before the server confirmed the file."),
    NULL,
    N_("It will be checked and, where needed, sent again."),
};

static const struct err_sentence *const sentences[ERR_COUNT] = {
#define X(name, word, class) [name] = &sentence_##name,
    ERR_LIST(X)
#undef X
};

const struct err_sentence *err_sentence(enum err_code code)
{
    return sentences[code];
}
