# Sourced by bin/demo, bin/test and bin/bench: finds a Python of at least 3.11 and runs one module of bin/lib with it.
start() {
  cd "$(dirname "${BASH_SOURCE[0]}")/../.."
  local python
  for python in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      exec "$(command -v "$python")" -m "bin.lib.$1" "${@:2}"
    fi
  done
  echo "Python 3.11 以上がありません。次の1行を実行してから、もう一度どうぞ:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y python3 python3-venv" >&2
  exit 1
}
