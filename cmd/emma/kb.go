package main

// kbCmd are the commands on the knowledge base.
type kbCmd struct {
	Import kbImportCmd `cmd:"" help:"Add and change articles from files: .jsonl .csv .xlsx .tsv (QnA Maker), or folders of Markdown."`
	Export kbExportCmd `cmd:"" help:"Write all articles to a file (.jsonl .csv .xlsx) or a folder of Markdown."`
	Eval   kbEvalCmd   `cmd:"" help:"Measure how well questions find their articles."`
}
