/// <reference types="svelte" />
/// <reference types="vite/client" />

/** True in development and test builds only; the production build drops every branch behind it. */
declare const __FAKE_HOST__: boolean;

/** A page of the guide, as ui/plugins/guide.ts makes it. */
declare module '*.md' {
  const page: import('./features/help/page').HelpPage;
  export default page;
}
