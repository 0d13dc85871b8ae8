// The words around the guide. The guide itself is English (ui/help) and says so to a screen reader.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('de');

export const help: Words['help'] = {
  heading: 'Hilfe',
  lead: 'Kurze Seiten darüber, was Freehold tut und was die Wörter bedeuten. Sie liegen im Programm selbst, also auch ohne Netz bereit.',
  english: 'Die Anleitung selbst ist in dieser Version englisch.',
  contents: 'Seiten der Anleitung',
  search: 'Anleitung durchsuchen',
  searchHelp: 'Sucht zuerst in den Überschriften, dann im Text.',
  found: (count) => plural(count, { zero: 'Nichts gefunden', one: '1 Stelle gefunden', other: `${count} Stellen gefunden` }),
  nothing: 'Ein einzelnes Wort versuchen, etwa „prune“ oder „password“.',
  missing: 'Diese Seite gibt es nicht',
  missingText: 'Die Adresse nennt eine Seite, die es in dieser Fassung der Anleitung nicht gibt.',
  toContents: 'Alle Seiten',
  onPage: 'Auf dieser Seite',
  around: 'Davor und danach',
  previous: (title) => `Davor: ${title}`,
  next: (title) => `Danach: ${title}`,
  note: 'Hinweis',
  code: 'den Befehl',
  links: {
    'what-freehold-is': 'Was ist das alles?',
    'first-node': 'Die erste Node in zehn Minuten',
    'switch-a-wallet': 'Wie eine Umstellung abläuft',
    'audit-and-drill': 'Was die Zahlen bedeuten',
    'when-something-is-wrong': 'Wenn etwas nicht stimmt',
    'words': 'Was die Wörter bedeuten',
    'privacy': 'Wen Freehold anspricht',
    'updates': 'Wie Aktualisierung und Weg zurück gehen',
    'data-and-disks': 'Daten verschieben, volle Datenträger',
  },
};
