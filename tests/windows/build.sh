#!/usr/bin/env bash
# A Windows program of this crate, built on Debian with the Rust that is installed, and Wine to run it.
#
#   bash tests/windows/build.sh WORK [PROFILE [ARGUMENTS OF CARGO]]
#
# WORK, a folder of this script's own, then holds `wine`, which runs a Windows program without a display, and fuhe.exe, built in
# that profile (release; windows-check is made in a third of the time). With arguments (test --no-run …) cargo does what they say
# instead. Builds into target/windows. Root, or sudo, for apt-get.
#
# Exit code 3: the compiler's source for Windows, the linker or Wine cannot be had here; why is said. 1: the build failed.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p "${1:?a folder}"
work=$(realpath "$1")
profile=${2:-release}
shift $(($# < 2 ? $# : 2))
target=x86_64-pc-windows-gnu

missing() { printf '!! %s\n' "$*" >&2; exit 3; }

# 1. The linker with its resource compiler, and Wine. A program that links needs the C compiler of the machine itself, too.
sudo=; [ "$(id -u)" -eq 0 ] || sudo=sudo
tools=(gcc libc6-dev gcc-mingw-w64-x86-64 wine64)
if ! dpkg -s "${tools[@]}" >/dev/null 2>&1; then
  command -v apt-get >/dev/null || missing "no apt-get here to install ${tools[*]} with"
  { $sudo apt-get -qq update && DEBIAN_FRONTEND=noninteractive $sudo apt-get -qq install -y --no-install-recommends "${tools[@]}"
  } >"$work/apt.log" 2>&1 || missing "${tools[*]} cannot be installed: $work/apt.log"
fi

# 2. Wine, which has all of Windows that std asks for but one function of Windows 10: bcryptprimitives.dll is ours.
cat >"$work/wine" <<END
#!/bin/sh
export WINEPREFIX='$work/prefix' WINEDEBUG=-all DISPLAY= LC_ALL=C.UTF-8
exec /usr/lib/wine/wine64 "\$@"
END
chmod +x "$work/wine"
[ -e "$work/prefix/system.reg" ] || timeout 300 "$work/wine" wineboot -i >"$work/wineboot.log" 2>&1 ||
  missing "Wine does not start: $work/wineboot.log"
if [ ! -e "$work/prefix/drive_c/windows/system32/bcryptprimitives.dll" ]; then
  x86_64-w64-mingw32-gcc -O1 -shared -o "$work/bcryptprimitives.dll" tests/windows/process_prng.c -ladvapi32
  mv "$work/bcryptprimitives.dll" "$work/prefix/drive_c/windows/system32/"
fi

# 3. The standard library for Windows: installed beside the compiler, or built from its source. Debian packages the source of
#    every compiler that it ever had; it has to be that of the very version that is installed.
build_std=()
if ! rustc --print target-libdir --target "$target" | xargs test -d; then
  release=$(rustc -vV | sed -n 's/^release: //p')
  sysroot=$(rustc --print sysroot)
  source=$work/rust-$release
  if [ ! -e "$source/library/Cargo.lock" ] && [ ! -e "$sysroot/lib/rustlib/src/rust/library/Cargo.lock" ]; then
    lists=$work/lists
    mkdir -p "$lists/state/partial" "$lists/cache/archives/partial"
    # Lists of our own: nothing of these suites can be installed by mistake, and the machine's sources stay as they are.
    own=(-o "Dir::Etc::SourceList=$lists/sources.list" -o Dir::Etc::SourceParts=/dev/null -o APT::Sandbox::User=root
      -o "Dir::State::Lists=$lists/state" -o "Dir::State::status=$lists/status" -o "Dir::Cache=$lists/cache")
    : >"$lists/status"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -v security | head -n 1)
    for suite in ${FUHE_RUST_SOURCE_SUITES:-trixie-backports sid}; do
      echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian/} $suite main" \
        >"$lists/sources.list"
      (cd "$lists" && apt-get "${own[@]}" -q update && apt-get "${own[@]}" -q download "rust-src=$release*") \
        >>"$lists/log" 2>&1 && break
    done
    packed=$(ls "$lists"/rust-src_*.deb 2>/dev/null) || missing "no Debian suite has the source of Rust $release: $lists/log"
    mkdir -p "$source"
    dpkg-deb --fsys-tarfile "$packed" | tar -x -C "$source" --strip-components=4 "./usr/src/rustc-$release/library"
    rm "$packed"
  fi
  # cargo looks for the source in the compiler's own folder. A second one, of links to the same files, has it there.
  if [ ! -e "$sysroot/lib/rustlib/src/rust/library/Cargo.lock" ]; then
    toolchain=$work/toolchain-$release
    if [ ! -e "$toolchain/lib/rustlib/src/rust/library" ]; then
      rm -rf "$toolchain" && mkdir -p "$toolchain/lib/rustlib/src/rust"
      for part in bin lib libexec; do
        [ ! -d "$sysroot/$part" ] || cp -al "$sysroot/$part" "$toolchain/" 2>/dev/null || cp -a "$sysroot/$part" "$toolchain/"
      done
      ln -s "$source/library" "$toolchain/lib/rustlib/src/rust/library"
    fi
    export PATH="$toolchain/bin:$PATH" RUSTC="$toolchain/bin/rustc"
  fi
  build_std=(-Z "build-std=std,panic_unwind")
  export RUSTC_BOOTSTRAP=1
fi

# 4. The program.
[ $# -gt 0 ] || { set -- build --locked --bin fuhe; built=target/windows/$target/$profile/fuhe.exe; }
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
cargo "$@" --profile "$profile" --target-dir target/windows --target "$target" "${build_std[@]}"
if [ -n "${built:-}" ]; then
  x86_64-w64-mingw32-strip -o "$work/fuhe.exe" "$built"
fi
