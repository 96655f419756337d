// Go's fasthttp with the policy that is compared. Usage: fasthttp-peer <port> <upstream's port> <key>
package main

import (
	"crypto/rand"
	"encoding/hex"
	"log"
	"os"
	"time"

	"github.com/valyala/fasthttp"
)

const (
	keyHeader   = "X-Api-Key"
	traceHeader = "X-Trace-Id"
)

func newTrace() []byte {
	var random [16]byte
	if _, err := rand.Read(random[:]); err != nil {
		panic(err)
	}
	text := make([]byte, 32)
	hex.Encode(text, random[:])
	return text
}

func main() {
	port, key := os.Args[1], os.Args[3]
	upstream := &fasthttp.HostClient{
		Addr:                          "127.0.0.1:" + os.Args[2],
		MaxConns:                      8192,
		MaxIdleConnDuration:           5 * time.Minute,
		NoDefaultUserAgentHeader:      true,
		DisablePathNormalizing:        true,
	}
	server := &fasthttp.Server{
		NoDefaultServerHeader: true,
		NoDefaultDate:         true,
		Handler: func(ctx *fasthttp.RequestCtx) {
			if string(ctx.Request.Header.Peek(keyHeader)) != key {
				ctx.Error("", fasthttp.StatusUnauthorized)
				return
			}
			trace := append([]byte(nil), ctx.Request.Header.Peek(traceHeader)...)
			if len(trace) == 0 {
				trace = newTrace()
				ctx.Request.Header.SetBytesV(traceHeader, trace)
			}
			ctx.Request.Header.Del("Connection")
			if err := upstream.Do(&ctx.Request, &ctx.Response); err != nil {
				ctx.Error("", fasthttp.StatusBadGateway)
			}
			ctx.Response.Header.Del("Connection")
			ctx.Response.Header.SetBytesV(traceHeader, trace)
		},
	}
	log.Fatal(server.ListenAndServe("127.0.0.1:" + port))
}
