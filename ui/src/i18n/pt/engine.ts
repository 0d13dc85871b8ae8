// The container engine: looking for it, getting one, losing it; and the first page after it was found.
import { pluralIn } from '../plural';
import type { Words } from '../text';

const plural = pluralIn('pt');
const kinds: Record<string, string> = { docker: 'Docker', podman: 'Podman' };
const kindName = (kind: string | null) => (kind === null ? 'Motor' : (kinds[kind] ?? kind));

export const engine: Words['engine'] = {
  states: { looking: 'Procurando…', connected: 'Conectado', down: 'Não responde' },
  kindName,
  chip: (kind, version) => [kindName(kind), version?.split('.').slice(0, 2).join('.')].filter(Boolean).join(' '),
  chipState: { looking: 'procurando…', connected: 'conectado', down: 'não responde' },
  chipLabel: (name, state) => `Motor de contêineres: ${name}, ${state}`,
  rootless: 'sem root',
  heading: 'Primeiro, um motor de contêineres',
  lead: 'Um motor como o Docker ou o Podman executa cada nó em uma caixa fechada só dele, para que ele possa ser iniciado, parado e removido sem deixar rastro.',
  lookingHeading: 'Procurando um motor de contêineres',
  lookingText: 'O Freehold tenta todos os lugares onde pode haver um. Isso leva alguns segundos.',
  foundHeading: 'O motor responde',
  foundText: (name) => `${name} está conectado. Não é preciso mais nada.`,
  goOn: 'Continuar',
  guideFor: (system) => `No ${system}`,
  noGuide: 'Instale o Docker ou o Podman com as ferramentas do seu sistema, inicie-o e verifique de novo.',
  runInTerminal: 'Copie cada linha em um terminal. Esta página fica verde sozinha assim que o motor responde.',
  lookedAt: (count) => `Onde o Freehold procurou (${count})`,
  lostTitle: 'O motor de contêineres não responde',
  lostText: 'Até ele voltar, ninguém pode dizer como estão os seus nós. Os dados estão seguros, e esta página se recupera sozinha.',
  how: 'O que fazer',
  address: 'Endereço',
  version: 'Versão',
  api: 'API',
  mode: 'Modo',
  modeRoot: 'serviço do sistema',
  shares: 'direto neste computador',
  virtual: 'em uma máquina virtual',
};

export const welcome: Words['welcome'] = {
  heading: 'Seu próprio terreno',
  lead: 'Escolha o que construir nele. Tudo pode ser parado, movido e desfeito depois.',
  anotherHeading: 'Adicionar um nó',
  bitcoin: {
    title: 'Bitcoin para a minha carteira',
    text: 'Um nó que verifica cada bloco e guarda os mais novos. Sua carteira consulta esse nó e mais ninguém.',
    facts: (disk, sync) => [disk, sync],
    disk: (size) => `${size} de disco`,
  },
  practice: {
    title: 'Modo de prática',
    text: 'Uma blockchain privada neste computador, para testar todos os botões. Sem baixar nenhuma blockchain, sem dinheiro de verdade.',
    facts: ['Quase nada de disco', 'Dois minutos'],
  },
  choose: {
    title: 'Escolher por conta própria',
    text: 'Todos os nós do catálogo, todas as redes, todas as opções.',
    facts: (count) => [plural(count, { zero: '0 itens', one: 'Um item por enquanto', other: `${count} itens` }), 'Todas as redes deles'],
  },
  recommended: 'A maioria começa aqui',
  promise: 'O Freehold não tem conta nem servidor. Ele só contata o seu motor, os registros de onde você baixa e os seus próprios nós.',
};
