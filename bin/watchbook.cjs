#!/usr/bin/env node
// Plain old JavaScript on purpose: any Node can read it, and an old one is told what to do in one sentence.
"use strict";
var major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    "watchbook needs Node 24 or newer and this is " +
      process.version +
      "; run: npx -y -p node@24 -p watchbook watchbook " +
      (process.argv.slice(2).join(" ") || "--help") +
      "\n",
  );
  process.exit(2);
}
// A daemon lives long: one place for memory that is not V8's instead of one for each thread, each of which keeps what it ever
// needed. The C library asks for that when a process begins, so this one begins once more.
if (process.argv[2] === "serve" && process.execve && process.platform === "linux" && !process.env.MALLOC_ARENA_MAX) {
  var own = Object.assign({}, process.env, { MALLOC_ARENA_MAX: "1" });
  process.execve(process.execPath, [process.execPath].concat(process.execArgv, process.argv.slice(1)), own);
}
// Sentences of the program name commands as they can be typed here.
process.env.WATCHBOOK_PROGRAM = process.env.npm_command === "exec" ? "npx watchbook" : "watchbook";
var path = require("path");
var url = require("url");
var module_ = require("module");
if (module_.enableCompileCache) module_.enableCompileCache();
import(url.pathToFileURL(path.join(__dirname, "..", "dist", "main.js")).href).catch(function (error) {
  process.stderr.write(String((error && error.stack) || error) + "\n");
  process.exit(1);
});
