/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ahead.h - commands sent ahead of their turn.
 *
 * Purpose: each command costs a round trip, which may take long. Where the way through some states
 * is as good as sure, entering the first of them sends the commands of all; entering a later one
 * then only awaits its reply. When the way leads elsewhere, the replies that are still to come are
 * passed over (control.h).
 *
 * What never goes out ahead: anything before TLS is up and the login accepted; STOR with EPSV (some
 * servers hang); RNFR and RNTO before SIZE agrees and the owner has noted the name; anything behind
 * an RNFR but its RNTO (proftpd answers 501 to all else from then on); RNTO behind an RNFR that may
 * be refused while the server still remembers one of another's file.
 *
 * A server that throws away what it has not asked for yet leaves us waiting for a reply; a firewall
 * that reads along may close the connection. That ends the session with `confused` set, and its
 * owner asks for the next one with params.in_turn.
 */
#ifndef NM_FTPES_AHEAD_H
#define NM_FTPES_AHEAD_H

#include "ftpes/session.h"

/* For session_enter(): the state is another one now. */
void ahead_enter(struct ftpes_session *s);

/* Send the state's command and those that may follow it, or only await its reply if it is out. The
 * last thing that the caller does, as session_send(). */
void ahead_say(struct ftpes_session *s);

#endif
