# One block for each test. It links the library of the folder under test and what lies below it,
# nothing else, so that a call to a higher layer does not link.
check_PROGRAMS += tests/unit/test_base_buf
tests_unit_test_base_buf_SOURCES = tests/unit/test_base_buf.c
tests_unit_test_base_buf_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_buf

check_PROGRAMS += tests/unit/test_base_clock
tests_unit_test_base_clock_SOURCES = tests/unit/test_base_clock.c
tests_unit_test_base_clock_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_clock

check_PROGRAMS += tests/unit/test_base_err
tests_unit_test_base_err_SOURCES = tests/unit/test_base_err.c
tests_unit_test_base_err_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_err

check_PROGRAMS += tests/unit/test_base_file
tests_unit_test_base_file_SOURCES = tests/unit/test_base_file.c
tests_unit_test_base_file_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_file

check_PROGRAMS += tests/unit/test_base_log
tests_unit_test_base_log_SOURCES = tests/unit/test_base_log.c
tests_unit_test_base_log_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_log

check_PROGRAMS += tests/unit/test_base_loop
tests_unit_test_base_loop_SOURCES = tests/unit/test_base_loop.c
tests_unit_test_base_loop_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_loop

check_PROGRAMS += tests/unit/test_base_record
tests_unit_test_base_record_SOURCES = tests/unit/test_base_record.c
tests_unit_test_base_record_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_record

check_PROGRAMS += tests/unit/test_base_secret
tests_unit_test_base_secret_SOURCES = tests/unit/test_base_secret.c
tests_unit_test_base_secret_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_secret

check_PROGRAMS += tests/unit/test_base_str
tests_unit_test_base_str_SOURCES = tests/unit/test_base_str.c
tests_unit_test_base_str_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_str

check_PROGRAMS += tests/unit/test_base_utf8
tests_unit_test_base_utf8_SOURCES = tests/unit/test_base_utf8.c
tests_unit_test_base_utf8_LDADD = $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_base_utf8

check_PROGRAMS += tests/unit/test_access
tests_unit_test_access_SOURCES = tests/unit/test_access.c
tests_unit_test_access_LDADD = $(LIB_ACCESS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_access

check_PROGRAMS += tests/unit/test_gate
tests_unit_test_gate_SOURCES = tests/unit/test_gate.c
tests_unit_test_gate_LDADD = $(LIB_ACCESS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_gate

if HAVE_PAM
check_PROGRAMS += tests/unit/test_pam_netmenu
tests_unit_test_pam_netmenu_SOURCES = tests/unit/test_pam_netmenu.c
tests_unit_test_pam_netmenu_LDADD = -lpam $(LIB_BASE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_pam_netmenu
endif

check_PROGRAMS += tests/unit/test_cert
tests_unit_test_cert_SOURCES = tests/unit/test_cert.c
tests_unit_test_cert_CPPFLAGS = $(AM_CPPFLAGS) -DTEST_DATA=\"$(abs_top_srcdir)/tests/unit/data\"
tests_unit_test_cert_LDADD = $(LIB_CERT) $(CMOCKA_LIBS)
TESTS += tests/unit/test_cert
EXTRA_DIST += \
	tests/unit/data/cert/make.sh tests/unit/data/cert/ed25519.pem \
	tests/unit/data/cert/expired.pem tests/unit/data/cert/future.pem \
	tests/unit/data/cert/hostile.pem tests/unit/data/cert/leaf.pem \
	tests/unit/data/cert/p384.pem tests/unit/data/cert/root.pem \
	tests/unit/data/cert/rsa1024.pem tests/unit/data/cert/sha1.pem \
	tests/unit/data/cert/strange.pem tests/unit/data/cert/root.der \
	tests/unit/data/cert/leaf.der tests/unit/data/cert/hostile.der

check_PROGRAMS += tests/unit/test_host_key
tests_unit_test_host_key_SOURCES = tests/unit/test_host_key.c
tests_unit_test_host_key_LDADD = $(LIB_CERT) $(CMOCKA_LIBS)
TESTS += tests/unit/test_host_key

check_PROGRAMS += tests/unit/test_media
tests_unit_test_media_SOURCES = tests/unit/test_media.c
tests_unit_test_media_LDADD = $(LIB_MEDIA) $(CMOCKA_LIBS)
TESTS += tests/unit/test_media

check_PROGRAMS += tests/unit/test_qr
tests_unit_test_qr_SOURCES = tests/unit/test_qr.c
tests_unit_test_qr_LDADD = $(LIB_QR) $(CMOCKA_LIBS)
TESTS += tests/unit/test_qr

check_PROGRAMS += tests/unit/test_spool
tests_unit_test_spool_SOURCES = tests/unit/test_spool.c
tests_unit_test_spool_LDADD = $(LIB_SPOOL) $(CMOCKA_LIBS)
TESTS += tests/unit/test_spool

check_PROGRAMS += tests/unit/test_settings
tests_unit_test_settings_SOURCES = tests/unit/test_settings.c
tests_unit_test_settings_LDADD = $(LIB_SETTINGS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_settings

check_PROGRAMS += tests/unit/test_settings_file
tests_unit_test_settings_file_SOURCES = tests/unit/test_settings_file.c
tests_unit_test_settings_file_LDADD = $(LIB_SETTINGS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_settings_file

check_PROGRAMS += tests/unit/test_settings_store
tests_unit_test_settings_store_SOURCES = tests/unit/test_settings_store.c
tests_unit_test_settings_store_LDADD = $(LIB_SETTINGS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_settings_store

check_PROGRAMS += tests/unit/test_text
tests_unit_test_text_SOURCES = tests/unit/test_text.c
tests_unit_test_text_LDADD = $(LIB_TEXT) $(CMOCKA_LIBS)
TESTS += tests/unit/test_text

check_PROGRAMS += tests/unit/test_ui_entry
tests_unit_test_ui_entry_SOURCES = tests/unit/test_ui_entry.c
tests_unit_test_ui_entry_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
tests_unit_test_ui_entry_LDADD = ui/libui.a $(LIB_SETTINGS) $(NCURSES_LIBS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ui_entry

check_PROGRAMS += tests/unit/test_ui_language
tests_unit_test_ui_language_SOURCES = tests/unit/test_ui_language.c
tests_unit_test_ui_language_LDADD = ui/libui.a $(LIB_SETTINGS) $(NCURSES_LIBS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ui_language

check_PROGRAMS += tests/unit/test_ui_layout
tests_unit_test_ui_layout_SOURCES = tests/unit/test_ui_layout.c
tests_unit_test_ui_layout_LDADD = ui/libui.a $(LIB_SETTINGS) $(NCURSES_LIBS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ui_layout
check_PROGRAMS += tests/unit/test_service_backup
tests_unit_test_service_backup_SOURCES = tests/unit/test_service_backup.c
tests_unit_test_service_backup_CPPFLAGS = $(AM_CPPFLAGS) -DTEST_DATA=\"$(abs_top_srcdir)/tests/unit/data\"
tests_unit_test_service_backup_LDADD = $(LIB_SERVICE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_service_backup

check_PROGRAMS += tests/unit/test_service
tests_unit_test_service_SOURCES = tests/unit/test_service.c
tests_unit_test_service_LDADD = $(LIB_SERVICE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_service

check_PROGRAMS += tests/unit/test_ftpes_reply
tests_unit_test_ftpes_reply_SOURCES = tests/unit/test_ftpes_reply.c
tests_unit_test_ftpes_reply_LDADD = $(LIB_FTPES) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ftpes_reply

check_PROGRAMS += tests/unit/test_ftpes_digest
tests_unit_test_ftpes_digest_SOURCES = tests/unit/test_ftpes_digest.c
tests_unit_test_ftpes_digest_LDADD = $(LIB_FTPES) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ftpes_digest

check_PROGRAMS += tests/unit/test_ftpes_address
tests_unit_test_ftpes_address_SOURCES = tests/unit/test_ftpes_address.c
tests_unit_test_ftpes_address_LDADD = $(LIB_FTPES) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ftpes_address

check_PROGRAMS += tests/unit/test_ftpes_command
tests_unit_test_ftpes_command_SOURCES = tests/unit/test_ftpes_command.c
tests_unit_test_ftpes_command_LDADD = $(LIB_FTPES) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ftpes_command

check_PROGRAMS += tests/unit/test_ftpes_check
tests_unit_test_ftpes_check_SOURCES = tests/unit/test_ftpes_check.c tests/lib/ftp_server.c tests/lib/ftp_server.h
tests_unit_test_ftpes_check_LDADD = $(LIB_FTPES) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ftpes_check

check_PROGRAMS += tests/unit/test_ftpes_classify
tests_unit_test_ftpes_classify_SOURCES = tests/unit/test_ftpes_classify.c
tests_unit_test_ftpes_classify_LDADD = $(LIB_FTPES) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ftpes_classify

check_PROGRAMS += tests/unit/test_net
tests_unit_test_net_SOURCES = tests/unit/test_net.c
tests_unit_test_net_LDADD = $(LIB_NET) $(CMOCKA_LIBS)
TESTS += tests/unit/test_net

check_PROGRAMS += tests/unit/test_net_withdrawn
tests_unit_test_net_withdrawn_SOURCES = tests/unit/test_net_withdrawn.c
tests_unit_test_net_withdrawn_LDADD = $(LIB_NET) $(CMOCKA_LIBS)
TESTS += tests/unit/test_net_withdrawn

check_PROGRAMS += tests/unit/test_net_dial
tests_unit_test_net_dial_SOURCES = tests/unit/test_net_dial.c
tests_unit_test_net_dial_LDADD = $(LIB_NET) $(CMOCKA_LIBS)
TESTS += tests/unit/test_net_dial
check_PROGRAMS += tests/unit/test_check_text
tests_unit_test_check_text_SOURCES = tests/unit/test_check_text.c
tests_unit_test_check_text_LDADD = $(LIB_TEXT) $(CMOCKA_LIBS)
TESTS += tests/unit/test_check_text

check_PROGRAMS += tests/unit/test_sender
tests_unit_test_sender_SOURCES = tests/unit/test_sender.c tests/lib/ftp_server.c tests/lib/ftp_server.h
tests_unit_test_sender_LDADD = $(LIB_SERVICE) $(CMOCKA_LIBS)
TESTS += tests/unit/test_sender

check_PROGRAMS += tests/unit/test_ui_segments
tests_unit_test_ui_segments_SOURCES = tests/unit/test_ui_segments.c
tests_unit_test_ui_segments_LDADD = ui/libui.a $(LIB_SETTINGS) $(NCURSES_LIBS) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ui_segments

check_PROGRAMS += tests/unit/test_ui_table
tests_unit_test_ui_table_SOURCES = tests/unit/test_ui_table.c
tests_unit_test_ui_table_LDADD = $(LIB_UI) $(CMOCKA_LIBS)
TESTS += tests/unit/test_ui_table
