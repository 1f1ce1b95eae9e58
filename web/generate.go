package web

// The pages are built with `go generate ./web`. It needs the packages of
// package.json (npm ci); the program itself needs only what lies in dist. Names are
// stable, the output is ASCII and the same on every machine. The widget's style is
// built first, because the script holds it as text; then the script is packed.

//go:generate go tool esbuild src/widget/widget.css --bundle --minify --charset=ascii --target=chrome80,firefox78,safari13.1 --log-level=warning --outfile=dist/widget.css
//go:generate go tool esbuild src/widget/index.ts --bundle --minify-syntax --minify-whitespace --charset=ascii --target=es2020 --format=iife --loader:.css=text --log-level=warning --outfile=dist/widget.js
//go:generate go run ./pack dist/widget.js
//go:generate go tool esbuild src/demo/demo.html src/demo/demo.css src/demo/demo.ts --bundle --minify --charset=ascii --target=es2020,chrome80,firefox78,safari13.1 --loader:.html=copy --log-level=warning --outdir=dist
//go:generate go tool esbuild src/chat/chat.html src/chat/chat.css --bundle --minify --charset=ascii --target=chrome80,firefox78,safari13.1 --loader:.html=copy --log-level=warning --outdir=dist
//go:generate go tool esbuild src/console/index.tsx --bundle --minify --charset=ascii --target=es2020 --format=esm --jsx=automatic --jsx-import-source=preact --log-level=warning --outfile=dist/console.js
//go:generate go tool esbuild src/console/chart.ts --bundle --minify --charset=ascii --target=es2020 --format=esm --log-level=warning --outfile=dist/chart.js
//go:generate go tool esbuild src/console/console.html src/console/mark.svg src/console/mark-dot.svg src/console/console.css --bundle --minify --charset=ascii --target=chrome90,firefox90,safari15 --loader:.html=copy --loader:.svg=copy --log-level=warning --outdir=dist
//go:generate go tool esbuild src/editor/index.tsx --bundle --minify --charset=ascii --target=es2020 --format=esm --jsx=automatic --jsx-import-source=preact --log-level=warning --outfile=dist/editor.js
//go:generate go tool esbuild src/editor/editor.html src/editor/editor.css --bundle --minify --charset=ascii --target=chrome90,firefox90,safari15 --loader:.html=copy --log-level=warning --outdir=dist
