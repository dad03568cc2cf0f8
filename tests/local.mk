# every test; tests/unit/local.mk and its like are included from here
