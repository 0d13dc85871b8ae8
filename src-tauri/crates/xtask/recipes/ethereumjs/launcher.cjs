#!/usr/local/bin/node
"use strict";
import("/app/node_modules/@ethereumjs/client/dist/esm/bin/cli.js");
