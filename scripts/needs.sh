# shellcheck shell=bash
# What Groundswell needs on a machine, found or installed. Sourced by ./run and ./test, which set `root` (the repository)
# and `me` (their name as the reader typed it).
: "${root:?}" "${me:?}"

say() { printf '%s: %s\n' "$me" "$*" >&2; }

# One sentence: what is wrong and what to do next.
fail() {
    say "$*"
    exit 1
}

# A mistake in how the command was called.
misuse() {
    say "$*"
    exit 2
}

# Build tools and npm want a home to write to; services and containers often have none.
settle_home() {
    local home=${HOME:-}
    if [[ -z $home || ! -d $home || ! -w $home ]]; then
        export HOME="$root/.cache/home"
        mkdir -p "$HOME" 2>/dev/null || fail "neither a home folder nor $root/.cache can be written to: run this as a user who owns the folder."
    fi
    # The SDK refuses to start without ICU unless told that culture does not matter; here it never does.
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
        DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_GENERATE_ASPNET_CERTIFICATE=false
}

can_be_root() {
    [[ $(id -u) == 0 ]] && return 0
    command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }
}

as_root() {
    if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

apt_works() { command -v apt-get >/dev/null && can_be_root; }

# Lists are fetched at most once, and only when something has to be installed.
apt_lists_fetched=no
fetch_apt_lists() {
    [[ $apt_lists_fetched == yes ]] && return 0
    say "fetching the package lists (apt-get update)"
    as_root apt-get update -qq >&2 && apt_lists_fetched=yes
}

apt_offers() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'; }

apt_install() {
    say "installing $* (apt-get install)"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# need_program PROGRAM PACKAGE…: on the PATH, or installed from the distribution's packages.
need_program() {
    local program=$1
    shift
    command -v "$program" >/dev/null && return 0
    command -v apt-get >/dev/null ||
        fail "$program is missing and this system has no apt-get: install it with your package manager, then start again."
    can_be_root ||
        fail "$program is missing and installing it needs root: ask an administrator for 'apt-get install $*', then start again."
    fetch_apt_lists || fail "$program is missing and the package lists could not be fetched: connect to the network, then start again."
    apt_install "$@" || fail "$program is missing and 'apt-get install $*' failed: see the lines above, then start again."
    command -v "$program" >/dev/null || fail "'apt-get install $*' ran but brought no $program: install it by hand, then start again."
}

need_ffmpeg() {
    need_program ffmpeg ffmpeg
    need_program ffprobe ffmpeg
}

# --- the .NET SDK ---------------------------------------------------------------------------------------------------

# True when this dotnet has an SDK that global.json accepts: `--version` resolves one or exits with an error.
fits_global_json() { (cd "$root" && "$1" --version) >/dev/null 2>&1; }

# use_dotnet PATH: what runs built programs must find the same runtime.
use_dotnet() {
    dotnet=$1
    local home
    home=$(dirname "$(readlink -f "$dotnet")")
    if [[ -d $home/shared ]]; then export DOTNET_ROOT=$home; fi
}

find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet)" "${HOME:-}/.dotnet/dotnet" "$root/.cache/dotnet/dotnet"; do
        if [[ -n $candidate && -x $candidate ]] && fits_global_json "$candidate"; then
            use_dotnet "$candidate"
            return 0
        fi
    done
    return 1
}

install_dotnet_from_packages() {
    apt_works && fetch_apt_lists && apt_offers dotnet-sdk-10.0 && apt_install dotnet-sdk-10.0
}

# Microsoft's script unpacks the SDK into a folder of this repository: no root, nothing outside it is touched.
install_dotnet_from_microsoft() {
    local script=$root/.cache/dotnet-install.sh url=https://dot.net/v1/dotnet-install.sh
    if ! command -v curl >/dev/null && ! command -v wget >/dev/null; then
        # On a bare system the SDK also misses the libraries that curl brings along.
        apt_works && fetch_apt_lists && apt_install ca-certificates curl libstdc++6 zlib1g || return 1
    fi
    mkdir -p "$root/.cache" || return 1
    say "downloading Microsoft's install script ($url)"
    if command -v curl >/dev/null; then
        curl -fsSL --connect-timeout 20 --retry 2 -o "$script" "$url" || return 1
    else
        wget -q --timeout=20 --tries=2 -O "$script" "$url" || return 1
    fi
    say "installing the .NET SDK 10 into .cache/dotnet (about 250 MB to download)"
    bash "$script" --channel 10.0 --install-dir "$root/.cache/dotnet" --no-path >&2
}

need_dotnet() {
    find_dotnet && return 0
    say "no .NET SDK 10 found; trying to install one"
    if install_dotnet_from_packages && find_dotnet; then return 0; fi
    if install_dotnet_from_microsoft && find_dotnet; then return 0; fi
    fail "the .NET SDK 10 is missing and could not be installed: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again."
}

# --- only for the tests ---------------------------------------------------------------------------------------------

find_chromium() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        # On Ubuntu chromium-browser may be a stub that only tells to install a snap.
        if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
            GROUNDSWELL_CHROMIUM=$(command -v "$name")
            export GROUNDSWELL_CHROMIUM
            return 0
        fi
    done
    return 1
}

# The browser tests skip themselves, with the reason, where no browser can be had.
want_chromium() {
    find_chromium && return 0
    if apt_works && fetch_apt_lists && apt_offers chromium && apt_install chromium fonts-dejavu-core && find_chromium; then return 0; fi
    say "no Chromium found and none could be installed: tests in a real browser will be skipped."
}

# Debian keeps the server's programs off the path.
find_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

# Tests start servers of their own: the package is told not to make one for everybody, as it would.
install_postgres() {
    local folder=/etc/postgresql-common/createcluster.d installed=no
    as_root mkdir -p "$folder" || return 1
    printf 'create_main_cluster = false\n' | as_root tee "$folder/groundswell-tests.conf" >/dev/null || return 1
    if apt_install postgresql; then installed=yes; fi
    as_root rm -f "$folder/groundswell-tests.conf"
    [[ $installed == yes ]]
}

# The tests of the PostgreSQL store skip themselves, with the reason, where no server can be had.
want_postgres() {
    find_postgres && return 0
    if apt_works && fetch_apt_lists && apt_offers postgresql && install_postgres && find_postgres; then return 0; fi
    say "no PostgreSQL server found and none could be installed: tests of the PostgreSQL store will be skipped."
}

# want_node_packages FOLDER: what its package-lock.json names, without running any package's own scripts.
want_node_packages() {
    local folder=$1
    [[ -f $folder/package-lock.json ]] || return 0
    [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] && return 0
    if ! command -v npm >/dev/null; then
        if ! { apt_works && fetch_apt_lists && apt_install nodejs npm && command -v npm >/dev/null; }; then
            say "no npm found and none could be installed: tests that need axe-core will be skipped."
            return 0
        fi
    fi
    say "installing the browser tests' packages (npm ci in ${folder#"$root"/})"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund >&2) ||
        say "'npm ci' failed in ${folder#"$root"/}: tests that need axe-core will be skipped."
}
