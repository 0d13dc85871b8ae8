// Mounts the window. Everything else is below App.
import { mount } from 'svelte';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/theme.css';
import './styles/base.css';
import './styles/tones.css';

const target = document.getElementById('app');
if (target !== null) mount(App, { target });
