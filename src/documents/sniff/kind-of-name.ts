import type { FileKind } from '../../trajectory/document-kinds.ts';

/** Extensions of each kind, in small letters; source code is below. */
const EXTENSIONS: Readonly<Record<Exclude<FileKind, 'code'>, string>> = {
  text:
    'txt text asc me 1st nfo srt vtt ass ssa sub lrc sbv yaml yml toml ini cfg conf config cnf properties prefs env ' +
    'rst adoc asciidoc org textile wiki mediawiki creole pod rdoc man ics ifb vcf vcard ldif bib ris enw po pot lst ' +
    'list lock license licence diff patch rej reg inf desktop service editorconfig gitignore gitattributes srx fountain',
  markdown: 'md markdown mdown mkd mkdn mdwn mdtxt mdx rmd qmd',
  csv: 'csv',
  tsv: 'tsv tab',
  json: 'json ipynb geojson topojson json5 jsonc har webmanifest map avsc jsonld excalidraw',
  jsonl: 'jsonl ndjson jsonlines ldjson',
  log: 'log',
  xml: 'xml svg xsd xsl xslt rss atom gpx kml plist opml tei fb2 wsdl rdf owl resx xliff xlf tmx musicxml fods fodt fodp dtd',
  html: 'html htm xhtml xht shtml',
  pdf: 'pdf',
  docx: 'docx docm dotx dotm',
  xlsx: 'xlsx xlsm xlsb xltx xltm xlam',
  xls: 'xls xlt xla xlw',
  ods: 'ods ots',
  pptx: 'pptx pptm ppsx ppsm potx potm',
  odt: 'odt ott odm',
  odp: 'odp otp',
  epub: 'epub',
  eml: 'eml emlx mht mhtml',
  mbox: 'mbox mbx',
  zip: 'zip',
  gz: 'gz tgz gzip svgz',
};

const CODE =
  'js mjs cjs jsx ts mts cts tsx vue svelte astro coffee ls py pyi pyw pyx pxd rb erb rake gemspec php phtml php3 php4 ' +
  'php5 java kt kts scala sc groovy gradle clj cljs cljc edn c h cc cpp cxx c++ hh hpp hxx h++ inl ipp m mm cs csx fs ' +
  'fsi fsx vb vbs bas go rs swift dart zig nim v vala cr d jl r lua pl pm t raku p6 tcl tk hs lhs elm purs ml mli re ' +
  'rei erl hrl ex exs eex heex leex lisp lsp cl el scm ss rkt ada adb ads pas pp dpr lpr f f77 f90 f95 f03 f08 for ' +
  'ftn cob cbl cpy asm s nasm sv svh vhd vhdl sh bash zsh fish ksh csh bat cmd ps1 psm1 psd1 awk sed sql psql plsql ' +
  'mysql ddl prql graphql gql proto thrift capnp fbs avdl css scss sass less styl pcss html.erb hbs handlebars mustache ' +
  'ejs jinja jinja2 j2 njk liquid twig haml pug jade slim tpl tmpl cmake mk mak make ninja bazel bzl nix dhall hcl tf ' +
  'tfvars bicep sol vy move cairo cu cuh cl hlsl glsl vert frag wgsl metal shader tex sty cls ltx latex typ ly abc ' +
  'gd tscn tres wat wast ahk applescript au3 do ado sas sps mat nb wl mod lean agda idr thy coq feature robot http rest ' +
  'jsp jspx asp aspx cshtml razor cfm qml pro pri vim vimrc snippets proj csproj vbproj fsproj sln props targets pbxproj';

/** Files that have no extension, or a misleading one, in small letters. */
const NAMES: Readonly<Record<'code' | 'text' | 'json' | 'log', string>> = {
  code:
    'dockerfile containerfile makefile gnumakefile bsdmakefile justfile rakefile gemfile guardfile vagrantfile ' +
    'jenkinsfile procfile brewfile podfile fastfile cmakelists.txt build workspace tiltfile sconstruct sconscript ' +
    '.bashrc .bash_profile .bash_aliases .profile .zshrc .zprofile .vimrc .emacs .gitconfig',
  text:
    'readme license licence copying notice authors contributors changelog changes news todo install history version ' +
    'credits thanks maintainers codeowners owners manifest.in go.mod go.sum .env .gitignore .gitattributes .gitmodules ' +
    '.gitkeep .dockerignore .npmignore .npmrc .nvmrc .yarnrc .editorconfig .prettierignore .eslintignore .htaccess ' +
    '.mailmap .tool-versions .python-version .ruby-version hosts crontab fstab robots.txt',
  json: '.babelrc .eslintrc .prettierrc .jshintrc .swcrc composer.lock pipfile.lock flake.lock',
  log: 'syslog dmesg auth.log messages',
};

const words = <K extends FileKind>(kind: K, list: string): [string, K][] =>
  list.split(' ').map((word) => [word, kind]);

const BY_EXTENSION: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...words('code', CODE),
  ...kindsOf(EXTENSIONS),
]);
const BY_NAME: ReadonlyMap<string, FileKind> = new Map(kindsOf(NAMES));

function kindsOf<K extends FileKind>(lists: Readonly<Record<K, string>>): [string, FileKind][] {
  return (Object.keys(lists) as K[]).flatMap((kind) => words<FileKind>(kind, lists[kind]));
}

/** The extension of a file's name or path, in small letters, without its dot; '' where it has none. */
export function extensionOf(name: string): string {
  const last = lastPart(name);
  const dot = last.lastIndexOf('.');
  return dot > 0 ? last.slice(dot + 1) : '';
}

/** The kind that a file's name (or path) promises, or null where it says nothing of a kind that can be read. */
export function kindOfName(name: string): FileKind | null {
  const last = lastPart(name);
  const known = BY_NAME.get(last) ?? BY_EXTENSION.get(extensionOf(last));
  if (known) return known;
  // «app.log.1», «app.log.2026-11-21», «Dockerfile.dev», «.env.example», «LICENSE-MIT», «README.first»
  if (/\.log[.-][\d.-]+$/.test(last)) return 'log';
  const stem = /^(\.?[a-z]+)[.-]/.exec(last)?.[1];
  if (stem === undefined) return null;
  if (/^(dockerfile|makefile|jenkinsfile)$/.test(stem)) return 'code';
  return /^(\.env|readme|license|licence|copying|changelog)$/.test(stem) ? 'text' : null;
}

const lastPart = (path: string): string => path.slice(path.search(/[^/\\]*[/\\]*$/)).toLowerCase();
