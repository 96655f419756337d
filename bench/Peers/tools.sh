# What the comparisons with other programs need; sourced by bench/run and bench/Peers/run after build/prerequisites.sh.
tools=$PWD/artifacts/peers/bin

need_peers() {
  need_file nginx /usr/sbin/nginx
  need_file haproxy /usr/sbin/haproxy
  need_command golang-go go
  need_file golang-github-valyala-fasthttp-dev /usr/share/gocode/src/github.com/valyala/fasthttp
}

build_upstream() {
  mkdir -p "$tools"
  gcc -O2 -Wall -Wextra -Werror -o "$tools/upstream" bench/Peers/upstream/upstream.c
}

build_peers() {
  mkdir -p "$tools"
  (cd bench/Peers/fasthttp && GO111MODULE=off GOPATH=/usr/share/gocode go build -o "$tools/fasthttp-peer" main.go)
  if [[ -z $(find "$tools/yarp-peer" -newer bench/Peers/Yarp/Program.cs -newer Directory.Packages.props 2>/dev/null) ]]; then
    build/publish.sh --project bench/Peers/Yarp
    cp artifacts/publish/Yarp/yarp-peer "$tools/"
  fi
}
