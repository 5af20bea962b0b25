#!/bin/sh
# See to the programs that the tests drive: Chromium, LibreOffice Writer and Calc, poppler's tools, PostgreSQL, and
# fonts with the tick-box characters. In this order:
#
#   1. what is on PATH, when it works;
#   2. as root, or with sudo that asks no password: apt-get install;
#   3. otherwise (or with PRIVATE_TOOLS=1): the same Debian packages and what they depend on, downloaded with
#      the machine's own apt sources and unpacked into .tools/debian, with wrappers in .tools/bin.
#
# tools/test.sh puts .tools/bin first in PATH. Nothing is done again while the stamp in .tools is current.
set -eu
cd "$(dirname "$0")/.."

programs='chromium soffice pdftoppm pdftotext pdfinfo pdffonts fc-list initdb pg_ctl'
tools=$PWD/.tools
python=$PWD/.venv/bin/python
log=$tools/programs.log
stamp=$tools/programs-$({ cat tools/programs.sh && pwd; } | cksum | tr -d ' ')
PATH="$tools/bin:$PATH:/usr/sbin:/sbin"
LC_ALL=C.UTF-8
export PATH LC_ALL
use_driver() {
    # as in tools/test.sh
    if [ -x "$tools/bin/playwright-node" ]; then export PLAYWRIGHT_NODEJS_PATH="$tools/bin/playwright-node"; fi
}
use_driver

say() { printf '== %s\n' "$*"; }

# Debian keeps PostgreSQL's programs off PATH; tests/examples/databases.py looks for them there too.
reach_server() {
    for folder in /usr/lib/postgresql/*/bin; do
        case :$PATH: in *:"$folder":*) ;; *) PATH=$PATH:$folder ;; esac
    done
}
reach_server

missing() {
    for name in $programs; do
        command -v "$name" >/dev/null 2>&1 || printf '%s ' "$name"
    done
}

if [ -e "$stamp" ] && [ -z "$(missing)" ]; then
    exit 0
fi
mkdir -p "$tools"
: >"$log"

# --- do they work? ----------------------------------------------------------------------------------------

# Prints a page with Chromium and a letter with LibreOffice, reads both back, and saves a sheet with LibreOffice.
try_programs() {
    work=$1
    words='All fonts are here: ☐ ☑ ☒'
    # Playwright's own driver, too, needs more of the machine than Python does.
    "$python" -m playwright --version || { echo 'the driver of Playwright does not start' && return 1; }
    fc-list ':charset=2610 2611 2612' family | grep . || { echo 'no font has the tick-box characters' && return 1; }
    pg_ctl --version && initdb --version || { echo 'PostgreSQL does not start' && return 1; }
    fc-list 'Liberation Sans' family | grep . || { echo 'the font Liberation Sans is not there' && return 1; }
    printf '<!doctype html><meta charset="utf-8"><title>t</title><p>%s</p>\n' "$words" >"$work/page.html"
    printf '%s\n' "$words" >"$work/letter.txt"
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --user-data-dir="$work/chromium" --print-to-pdf="$work/page.pdf" "file://$work/page.html" || return 1
    timeout 120 soffice "-env:UserInstallation=file://$work/libreoffice" --headless \
        --convert-to pdf --outdir "$work" "$work/letter.txt" || return 1
    printf 'a,b\n' >"$work/sheet.csv"
    timeout 120 soffice "-env:UserInstallation=file://$work/libreoffice" --headless \
        --convert-to xlsx --outdir "$work" "$work/sheet.csv" || return 1
    [ -s "$work/sheet.xlsx" ] || { echo 'LibreOffice saves no workbook' && return 1; }
    for pdf in "$work/page.pdf" "$work/letter.pdf"; do
        pdftotext "$pdf" - | grep -F "$words" || { echo "$pdf does not say: $words" && return 1; }
        pdffonts "$pdf" && pdfinfo "$pdf" || return 1
        pdftoppm -r 30 -png "$pdf" "$pdf" && [ -s "$pdf-1.png" ] || return 1
    done
}

programs_work() {
    reach_server
    if [ -n "$(missing)" ]; then
        echo "not on PATH: $(missing)" >>"$log"
        return 1
    fi
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/cse-forms-XXXXXX")
    result=0
    (cd "$scratch" && try_programs "$scratch") >>"$log" 2>&1 || result=1
    rm -rf "$scratch"
    return $result
}

finish() {
    rm -f "$tools"/programs-*
    : >"$stamp"
    exit 0
}

# --- the Debian packages ----------------------------------------------------------------------------------

packages() {
    # The two builds of LibreOffice exclude each other; without a desktop's, the one without a GUI is smaller.
    if dpkg-query -W -f '${db:Status-Abbrev}' libreoffice-core 2>/dev/null | grep -q '^ii'; then
        office='libreoffice-writer libreoffice-calc'
    else
        office='libreoffice-writer-nogui libreoffice-calc-nogui'
    fi
    # libatomic1 is for Playwright's driver.
    echo "chromium $office poppler-utils fontconfig fonts-liberation fonts-dejavu-core libatomic1 postgresql"
}

# apt WORD...: apt-get with patience, and never at the price of removing a package.
apt() {
    # shellcheck disable=SC2086 # $as_root is nothing, or "sudo -n"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 \
        -o DPkg::Lock::Timeout=600 -o Acquire::Languages=none "$@" >>"$log" 2>&1 </dev/null
}

install_on_machine() {
    say "installing Debian packages: $(packages) (about 300 MB to download)"
    apt update || echo 'apt-get update failed; going on with the lists there are' >>"$log"
    # shellcheck disable=SC2046 # a list of words
    apt install --no-install-recommends --no-remove $(packages)
}

# xml TEXT: TEXT as it is written in an XML document.
xml() { printf '%s' "$1" | sed 's/&/\&amp;/g; s/</\&lt;/g'; }

install_privately() {
    say "unpacking Debian packages into .tools/debian: $(packages) (about 300 MB to download, 1 GB of disk)"
    apt_home=$tools/apt
    unpacked=$tools/debian.new
    rm -rf "$apt_home" "$unpacked" "${tools:?}/debian" "${tools:?}/bin"
    mkdir -p "$apt_home/state/lists/partial" "$apt_home/cache/archives/partial" "$unpacked" "$tools/bin"

    # The machine's own sources, keys and record of installed packages; everything that apt writes is here.
    cat >"$apt_home/apt.conf" <<EOF
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
APT::Sandbox::User "";
Debug::NoLocking "true";
Dir::State "$apt_home/state";
Dir::State::lists "lists";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$apt_home/cache";
Dir::Cache::archives "archives";
Dir::Log "$apt_home";
EOF
    as_root=
    apt -c "$apt_home/apt.conf" update || echo 'apt-get update failed; going on with the lists there are' >>"$log"
    # shellcheck disable=SC2046 # a list of words
    apt -c "$apt_home/apt.conf" install --download-only --no-install-recommends $(packages) || return 1

    for archive in "$apt_home"/cache/archives/*.deb; do
        case ${archive##*/} in
            '*.deb') break ;;
            # The C library must stay the one that belongs to the machine's dynamic loader.
            libc6_* | libc-bin_*) continue ;;
        esac
        dpkg-deb -x "$archive" "$unpacked" >>"$log" 2>&1 || return 1
    done
    # LibreOffice: put its settings into force, as its packages' installation scripts would do, and have it
    # look for its files beside itself.
    office=$unpacked/usr/lib/libreoffice
    if [ -d "$office" ]; then
        mkdir -p "$unpacked/etc/libreoffice/registry"
        cp -R "$office/share/.registry/." "$unpacked/etc/libreoffice/registry/"
        # shellcheck disable=SC2016 # LibreOffice expands these
        sed -i -e 's|file:///usr/lib/libreoffice|${ORIGIN}/..|g' \
            -e 's|file:///etc/libreoffice/registry|${BRAND_BASE_DIR}/share/registry|g' \
            "$office/program/fundamentalrc"
    fi
    # Links that point into the root of the file system are to point into here.
    find "$unpacked" -type l -lname '/*' | while read -r link; do
        target=$unpacked$(readlink "$link")
        [ ! -e "$target" ] || ln -sfnr "$target" "$link"
    done
    rm -rf "$apt_home"
    mv "$unpacked" "$tools/debian"

    cat >"$tools/fonts.conf" <<EOF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <include ignore_missing="yes">$(xml "$tools")/debian/etc/fonts/fonts.conf</include>
  <include ignore_missing="yes">$(xml "$tools")/debian/usr/share/fontconfig/conf.avail/30-metric-aliases.conf</include>
  <dir>$(xml "$tools")/debian/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>$(xml "$tools")/fonts-cache</cachedir>
</fontconfig>
EOF
    cat >"$tools/bin/run" <<'EOF'
#!/bin/sh
# Run the program this file is linked as, from ../debian when it is there and from the machine when not.
tools=$(cd "$(dirname "$0")/.." && pwd)
name=${0##*/}
export FONTCONFIG_FILE="$tools/fonts.conf"

case $name in
    chromium) program=$tools/debian/usr/lib/chromium/chromium ;;
    soffice) program=$tools/debian/usr/lib/libreoffice/program/soffice ;;
    initdb | pg_ctl) program=$(echo "$tools"/debian/usr/lib/postgresql/*/bin/"$name") ;;
    playwright-node) program=$(echo "$tools"/../.venv/lib/python*/site-packages/playwright/driver/node) ;;
    *) program=$tools/debian/usr/bin/$name ;;
esac
if [ -x "$program" ]; then
    libraries=
    # LibreOffice's own folder first: its libraries look for their settings where they were found.
    for folder in "$tools"/debian/usr/lib/libreoffice/program \
        "$tools"/debian/usr/lib/*-linux-* "$tools"/debian/lib/*-linux-* \
        "$tools"/debian/usr/lib/*-linux-*/pulseaudio "$tools"/debian/usr/lib/*-linux-*/nss; do
        [ ! -d "$folder" ] || libraries=$libraries${libraries:+:}$folder
    done
    export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    export XDG_DATA_DIRS="$tools/debian/usr/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
    exec "$program" "$@"
fi
for folder in /usr/local/bin /usr/bin /bin /usr/lib/postgresql/*/bin; do
    [ ! -x "$folder/$name" ] || exec "$folder/$name" "$@"
done
echo "$0: there is no $name, here or on the machine" >&2
exit 127
EOF
    chmod +x "$tools/bin/run"
    for name in $programs playwright-node; do
        ln -s run "$tools/bin/$name"
    done
    use_driver
}

# --- the three ways ---------------------------------------------------------------------------------------

as_root=none
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
fi

if [ -z "${PRIVATE_TOOLS:-}" ] || [ -d "$tools/debian" ]; then
    if [ -z "$(missing)" ]; then
        say 'trying Chromium, LibreOffice and poppler'
    fi
    ! programs_work || finish
fi
if command -v apt-get >/dev/null 2>&1; then
    if [ -z "${PRIVATE_TOOLS:-}" ] && [ "$as_root" != none ]; then
        if install_on_machine && programs_work; then finish; fi
        say 'that did not work here; trying it without the package manager'
    fi
    if install_privately && programs_work; then finish; fi
fi

{
    echo 'set-up stopped: the tests need these programs and fonts, and they could not be had here:'
    echo '    chromium, soffice (LibreOffice Writer and Calc), pdftoppm and pdftotext (poppler), fc-list (fontconfig),'
    echo '    initdb and pg_ctl (PostgreSQL),'
    echo '    the fonts Liberation and DejaVu.'
    echo 'Install them yourself and run the same command again. On Debian that is, as root:'
    echo "    apt-get install --no-install-recommends $(packages)"
    echo 'What was tried ended so (the whole of it is in .tools/programs.log):'
    tail -n 15 "$log" | sed 's/^/    /'
} >&2
exit 1
