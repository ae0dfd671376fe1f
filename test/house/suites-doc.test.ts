import { testPage } from "./doc-page.ts";

testPage("docs/suites.md");
