include data/pam.d/local.mk
include data/systemd/local.mk
include data/completion/local.mk

# The demo of ./quickstart.
EXTRA_DIST += data/demo/card.sh data/demo/environment.sh data/demo/menu.sh \
	data/demo/unattended.sh
