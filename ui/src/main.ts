// Mounts the window once its words are there. Everything else is below App.
import { mount } from 'svelte';
import App from './App.svelte';
import { language } from './state/language.svelte';
import './styles/tokens.css';
import './styles/theme.css';
import './styles/base.css';
import './styles/tones.css';

const target = document.getElementById('app');
void language.begin().then(() => {
  if (target !== null) mount(App, { target });
});
