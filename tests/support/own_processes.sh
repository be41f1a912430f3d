# Sourced by with_xvfb, with_keyring and with_camera: a temporary folder `$folder`, and processes that end with the
# script, even if it is killed. Sets the traps, so it comes first.
# shellcheck shell=bash

folder=$(mktemp -d "${TMPDIR:-/tmp}/hufu-test.XXXXXX")
started=()

finish() {
  trap - EXIT
  trap '' HUP INT TERM # a second one must not cut the clean-up short
  local i
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    kill "${started[i]}" 2>/dev/null || true
    kill -CONT "${started[i]}" 2>/dev/null || true # a test may have stopped it
    wait "${started[i]}" 2>/dev/null || true
  done
  rm -rf "$folder" 2>/dev/null || { sleep 0.3 && rm -rf "$folder"; }
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# start NAME COMMAND...: in the background; what it prints goes to a log that only a failure shows.
start() {
  local name=$1
  shift
  setpriv --pdeathsig KILL -- "$@" >"$folder/$name.log" 2>&1 <&0 &
  started+=($!)
}

# until_true SECONDS WHAT COMMAND...
until_true() {
  local tries=$(($1 * 50)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ((tries-- == 0)); then
      echo "${0##*/}: $what did not start:" >&2
      cat "$folder"/*.log >&2
      exit 1
    fi
    sleep 0.02
  done
}

# run COMMAND...: the script ends with its status. In the background, so that a signal is answered at once and not when
# the command ends.
run() {
  local status=0
  setpriv --pdeathsig KILL -- "$@" <&0 &
  started+=($!)
  wait "$!" || status=$?
  exit "$status"
}
