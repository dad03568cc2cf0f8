# SPDX-License-Identifier: GPL-2.0-or-later
#
# NM_WOLFSSL
#   Find wolfSSL: below --with-wolfssl=PREFIX; else what build-aux/wolfssl.sh has built; else the
#   system's by pkg-config. Sets WOLFSSL_CFLAGS and WOLFSSL_LIBS, and WOLFSSL_FROM for the summary.
#   Every file sees the options.h of that very build, by the two names that versions have for
#   this: a program compiled with other options than the library has structures of other sizes.
#
# NM_WOLFSSL_SUMMARY
#   The closing lines of configure: what was found, and which of the guide's suites it offers. The
#   list is the program's own, src/net/suites.c.

AC_DEFUN([NM_WOLFSSL], [
  WOLFSSL_FROM=
  nm_options="-DWOLFSSL_USE_OPTIONS_H -DEXTERNAL_OPTS_OPENVPN"
  AS_CASE([$with_wolfssl],
    [no], [AC_MSG_ERROR([netmenu cannot be built without wolfSSL])],
    [yes|''], [
      with_wolfssl=`"$srcdir"/build-aux/wolfssl.sh --print 2>/dev/null`
      AS_IF([test -n "$with_wolfssl"], [WOLFSSL_FROM="$with_wolfssl (built by build-aux/wolfssl.sh)"])],
    [WOLFSSL_FROM="$with_wolfssl (--with-wolfssl)"])

  AS_IF([test -n "$with_wolfssl"], [
    nm_dir=
    for nm_try in "$with_wolfssl"/lib "$with_wolfssl"/lib64 \
        "$with_wolfssl"/lib/`$CC -print-multiarch 2>/dev/null`; do
      AS_IF([test -z "$nm_dir" && ls "$nm_try"/libwolfssl.* >/dev/null 2>&1], [nm_dir=$nm_try])
    done
    AS_IF([test -z "$nm_dir"], [AC_MSG_ERROR([no libwolfssl below $with_wolfssl])])
    # -isystem: our warnings are not for its headers
    WOLFSSL_CFLAGS="-isystem $with_wolfssl/include $nm_options"
    AS_IF([test -e "$nm_dir/libwolfssl.a"],
      [WOLFSSL_LIBS="$nm_dir/libwolfssl.a -lm"],
      [WOLFSSL_LIBS="-L$nm_dir -Wl,-rpath,$nm_dir -lwolfssl"])
  ], [
    PKG_CHECK_MODULES([WOLFSSL], [wolfssl >= 5.5], [],
      [AC_MSG_ERROR([wolfSSL not found: run build-aux/wolfssl.sh, or give --with-wolfssl=PREFIX])])
    WOLFSSL_CFLAGS="$WOLFSSL_CFLAGS $nm_options"
    WOLFSSL_FROM="the system's (pkg-config)"
  ])
  AC_SUBST([WOLFSSL_CFLAGS])
  AC_SUBST([WOLFSSL_LIBS])

  nm_save_CPPFLAGS=$CPPFLAGS nm_save_LIBS=$LIBS
  CPPFLAGS="$CPPFLAGS $WOLFSSL_CFLAGS" LIBS="$WOLFSSL_LIBS $LIBS"
  AC_MSG_CHECKING([for a usable wolfSSL])
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <wolfssl/wolfcrypt/asn.h>
#include <wolfssl/wolfcrypt/pwdbased.h>
#ifdef NO_WOLFSSL_CLIENT
#error "this wolfSSL is built without its client"
#endif
  ]], [[
    DecodedCert cert;
    char names[4096];

    wolfSSL_Init();
    wc_InitDecodedCert(&cert, 0, 0, 0);
    return wolfSSL_UseSNI(0, 0, 0, 0) + wolfSSL_get_ciphers_iana(names, (int)sizeof(names)) +
           wolfSSL_check_domain_name(0, 0) + (wolfSSL_get_peer_certificate(0) != 0) +
           wc_PBKDF2(0, 0, 0, 0, 0, 0, 0, 0);
  ]])], [AC_MSG_RESULT([$WOLFSSL_FROM])], [
    AC_MSG_RESULT([no])
    AC_MSG_ERROR([the wolfSSL of $WOLFSSL_FROM lacks what netmenu needs: see config.log])])
  AC_COMPUTE_INT([WOLFSSL_VERSION_HEX], [LIBWOLFSSL_VERSION_HEX],
    [#include <wolfssl/version.h>], [WOLFSSL_VERSION_HEX=0])
  CPPFLAGS=$nm_save_CPPFLAGS LIBS=$nm_save_LIBS
])

# What the library itself says, by running it.
AC_DEFUN([NM_WOLFSSL_SUITES], [
  nm_save_CPPFLAGS=$CPPFLAGS nm_save_LIBS=$LIBS
  CPPFLAGS="$CPPFLAGS $WOLFSSL_CFLAGS" LIBS="$WOLFSSL_LIBS $LIBS"
  nm_suites=
  AC_RUN_IFELSE([AC_LANG_PROGRAM([[
#include <stdio.h>
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
  ]], [[
    static char names[16384];
    FILE *out = fopen("conftest.suites", "w");

    wolfSSL_Init();
    if (!out || wolfSSL_get_ciphers_iana(names, (int)sizeof(names)) != WOLFSSL_SUCCESS)
        return 1;
    fprintf(out, ":%s:\n", names);
    return fclose(out) ? 1 : 0;
  ]])], [nm_suites=`cat conftest.suites`], [nm_suites=unknown], [nm_suites=unknown])
  rm -f conftest.suites
  CPPFLAGS=$nm_save_CPPFLAGS LIBS=$nm_save_LIBS
])

AC_DEFUN([NM_WOLFSSL_SUMMARY], [
  NM_WOLFSSL_SUITES
  AS_ECHO([""])
  AS_ECHO(["$PACKAGE_NAME $PACKAGE_VERSION"])
  AS_ECHO(["  prefix        $prefix"])
  AS_ECHO(["  compiler      $CC $CFLAGS"])
  AS_ECHO(["  sanitizers    ${NM_SAN:-none}"])
  AS_ECHO(["  translations  $USE_NLS"])
  AS_ECHO(["  unit tests    ${have_cmocka:-no}"])
  AS_ECHO(["  wolfSSL       $((WOLFSSL_VERSION_HEX >> 24)).$((WOLFSSL_VERSION_HEX >> 12 & 4095)).$((WOLFSSL_VERSION_HEX & 4095)), $WOLFSSL_FROM"])
  nm_count=0 nm_total=0 nm_text=
  for nm_suite in `sed -n 's/^ *{"\(TLS_@<:@A-Z0-9_@:>@*\)".*/\1/p' "$srcdir/src/net/suites.c"`; do
    nm_total=`expr $nm_total + 1`
    AS_CASE([$nm_suites],
      [unknown], [nm_word="unknown"],
      [*:$nm_suite:*], [nm_word="offered" nm_count=`expr $nm_count + 1`],
      [nm_word="NOT offered"])
    nm_text="$nm_text
    `printf '%-12s' "$nm_word"`$nm_suite"
  done
  AS_IF([test "$nm_suites" = unknown],
    [AS_ECHO(["  TLS suites    unknown: its programs cannot be run here$nm_text"])],
    [AS_ECHO(["  TLS suites    $nm_count of $nm_total offered$nm_text"])])
])
