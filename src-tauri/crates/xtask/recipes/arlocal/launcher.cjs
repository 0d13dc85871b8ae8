#!/usr/local/bin/node
"use strict";
require("/app/node_modules/arlocal/bin/index.js");
