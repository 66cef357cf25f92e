#!/bin/sh
# Installs a lock into .venv: by uv when it can be had, else by pip; the same hashes either way. Then builds the encoder.
# uv itself is the version of tools/uv.lock, by its hash, and no other.
set -eu
lock="$1"
python="${PYTHON:-python3}"

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, not $("$python" -V)." >&2; exit 1; }
[ -x .venv/bin/python ] || "$python" -m venv .venv

wanted="$(sed -n 's/^uv==\([^ ]*\).*/\1/p' tools/uv.lock)"
is_wanted() { [ "$("$@" --version 2>/dev/null | cut -d ' ' -f 2)" = "$wanted" ]; }
uv=""
if is_wanted uv; then uv=uv
elif is_wanted .venv/bin/python -m uv || .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/uv.lock >/dev/null 2>&1; then uv=".venv/bin/python -m uv"
fi

echo "Installing $lock ..."
if [ -n "$uv" ] && UV_PYTHON=.venv/bin/python VIRTUAL_ENV=.venv $uv pip install --quiet --require-hashes --compile-bytecode ${PIP_FIND_LINKS:+--find-links "$PIP_FIND_LINKS"} -r "$lock"; then :
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m compileall -q .venv/lib >/dev/null || true
fi
echo "$PWD" > "$(.venv/bin/python -c 'import site; print(site.getsitepackages()[0])')/smartmed.pth"
PYTHONDONTWRITEBYTECODE= .venv/bin/python -m compileall -q bot handoff >/dev/null || true
cat > .venv/bin/smartmed-bot <<SCRIPT
#!/bin/sh
exec "$PWD/.venv/bin/python" -m bot "\$@"
SCRIPT
chmod +x .venv/bin/smartmed-bot
.venv/bin/python -m bot.understanding.encoding.build || echo "The assistant starts without the sentence encoder: it reads less well until \`make install\` can fetch it."
