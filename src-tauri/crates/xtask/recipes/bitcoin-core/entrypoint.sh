#!/bin/sh
# Behaves like the entrypoint of the image that the catalog names, so that what is tested here holds there:
# arguments that start with "-" get bitcoind in front, the data folder is added to them, and as root the folder is given
# to the user "bitcoin" (whose ids the variables UID and GID may change) before that user takes over.
# It stays with programs that every Debian has: there is no gosu, no usermod and no groupmod in this image.
set -e

uid=${UID:-0}
gid=${GID:-0}
case "$uid$gid" in
*[!0-9]*)
  echo "$0: UID and GID must be numbers" >&2
  exit 1
  ;;
esac
[ "$uid" != 0 ] || uid=$(id -u bitcoin)
[ "$gid" != 0 ] || gid=$(id -g bitcoin)

if [ "$uid:$gid" != "$(id -u bitcoin):$(id -g bitcoin)" ]; then
  printf 'root:x:0:0:root:/root:/bin/sh\nbitcoin:x:%s:%s::/home/bitcoin:/bin/sh\n' "$uid" "$gid" >/etc/passwd
  printf 'root:x:0:\nbitcoin:x:%s:\n' "$gid" >/etc/group
fi

echo "$0: assuming uid:gid for bitcoin:bitcoin of $uid:$gid"

case "$1" in
-*)
  echo "$0: assuming arguments for bitcoind"
  set -- bitcoind "$@"
  ;;
esac

if [ "$1" = bitcoind ]; then
  mkdir -p "$BITCOIN_DATA"
  chmod 700 "$BITCOIN_DATA"
  chown -R bitcoin:bitcoin /home/bitcoin
  chown -R bitcoin:bitcoin "$BITCOIN_DATA"
  echo "$0: setting data directory to $BITCOIN_DATA"
  set -- "$@" "-datadir=$BITCOIN_DATA"
fi

echo
case "$1" in
bitcoind | bitcoin-cli | bitcoin-tx)
  HOME=/home/bitcoin exec setpriv --reuid="$uid" --regid="$gid" --clear-groups -- "$@"
  ;;
esac
exec "$@"
