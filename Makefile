# For hands that type make; everything is in ./run and ./test.
.PHONY: run demo test quick
run: ; ./run
demo: ; ./run demo
test: ; ./test
quick: ; ./test quick
