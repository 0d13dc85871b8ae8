// The first page: the engine, the disk for chain data, the doors; and the disks wherever they are chosen.
import type { Words } from '../text';

const kinds: Record<string, string> = { ssd: 'SSD', hdd: 'Disco rígido', removable: 'Removível', network: 'Rede', unknown: 'Tipo desconhecido' };

export const disks: Words['disks'] = {
  legend: 'Disco para os dados da blockchain',
  kind: (kind) => kinds[kind] ?? kind,
  kindNotes: {
    hdd: 'Em um disco rígido, a primeira sincronização leva dias em vez de horas.',
    removable: 'Só pode ser usado enquanto está conectado.',
    network: 'É lento, e bancos de dados podem se corromper ali. Não é recomendado.',
  },
  free: (free, total) => `${free} livres de ${total}`,
  folder: 'Pasta',
  own: 'Pasta do Freehold',
  inUse: 'Em uso',
  fits: 'O que cabe',
  whole: (name) => `${name}: cabe inteiro`,
  part: (name) => `${name}: cabe sem os blocos antigos`,
  none: (name) => `${name}: não cabe`,
  measure: 'Medir a velocidade',
  measureOf: (place) => `Medir a velocidade de ${place}`,
  measuring: 'Medindo…',
  speed: (write, reads) => `${write} de gravação, ${reads} leituras pequenas por segundo`,
  verdicts: { fast: 'Rápido o bastante para qualquer blockchain', fair: 'Bom o bastante para uma primeira sincronização de alguns dias', slow: 'Lento demais para uma blockchain grande' },
  mend: 'Assim ele pode ser usado:',
  lookAgain: 'Procurar de novo',
  loading: 'Procurando os discos…',
};

export const start: Words['start'] = {
  steps: { engine: 'Motor de contêineres', disk: 'Onde ficam os dados da blockchain', doors: 'O que construir' },
  stepDone: 'Feito',
  stepOpen: 'A fazer',
  engine: {
    answers: (name) => `${name} responde.`,
    details: 'Detalhes',
    looking: 'Procurando um…',
    headings: {
      missing: 'Os nós rodam em caixas fechadas, e falta o programa para isso',
      stopped: 'Há um motor de contêineres instalado, mas ele não está rodando',
      denied: 'Há um motor de contêineres rodando, mas ele não deixa você entrar',
    },
    leads: {
      missing: 'Um motor de contêineres como o Docker ou o Podman inicia, para e remove cada nó sem deixar rastro. Assim se instala um no seu sistema.',
      stopped: 'Ele precisa ser iniciado uma vez. Assim se faz isso.',
      denied: 'O seu usuário precisa de permissão para usá-lo. Assim ela é dada.',
    },
    unknownHeading: 'O motor de contêineres não responde',
    green: 'Esta página fica verde sozinha assim que o motor responde.',
    offer: 'Deixar o Freehold fazer',
    offerLead: 'Seria executado exatamente isto:',
    consent: 'Executar estes comandos no meu computador',
    run: 'Executar agora',
    starting: 'Iniciando…',
    runHint: 'Marque antes a caixa: nada é executado sem o seu consentimento.',
    byHand: 'Ou faça você mesmo em um terminal',
    inTerminal: 'Execute isto em um terminal',
    states: {
      running: 'Em andamento. Se o sistema pedir uma senha, procure a janela dele.',
      waiting: 'Todos os comandos terminaram bem. Esperando o motor…',
      done: 'O motor está preparado.',
      failed: 'Não funcionou.',
    },
    ended: (done, all) => `${done} de ${all} feitos`,
    output: 'O que os comandos dizem',
    noOutput: 'Nada ainda.',
  },
  disk: {
    lead: 'Cada nó recebe ali uma pasta própria. Você pode escolher outra para cada nó e movê-la depois.',
    chosen: (place, free) => `${place}, ${free} livres`,
    change: 'Escolher outro disco',
    saved: (folder) => `A partir de agora, novos dados da blockchain vão para ${folder}.`,
  },
  ethereum: {
    title: 'Ethereum para a minha carteira',
    text: 'Dois programas que verificam juntos a blockchain. Sua carteira consulta os dois e mais ninguém.',
    disk: (size) => `${size} de disco`,
    memory: (size) => `${size} de memória`,
  },
  verdict: {
    fits: 'Cabe neste computador',
    fitsWhole: 'Cabe; todos os blocos também caberiam',
    fitsLess: (size) => `Só cabe com menos histórico, a partir de ${size}`,
    disk: (wanted, free, place) => `Não cabe: pede ${wanted} com um décimo de folga; em ${place} há ${free} livres`,
    memory: (needed, has) => `Pede ${needed} de memória; este computador tem ${has}`,
    unknown: 'Não se sabe se cabe',
  },
  sync: (range) => `Primeira sincronização: ${range}`,
  syncHere: (range) => `Primeira sincronização neste disco: ${range}`,
  practice: {
    heading: 'Só quer experimentar?',
    text: 'O modo de prática é uma blockchain privada neste computador: sem sincronizar, sem ocupar espaço, sem dinheiro de verdade. Todos os botões funcionam, em dois minutos.',
    bitcoin: 'Praticar com Bitcoin',
    ethereum: 'Praticar com Ethereum',
    clean: 'Apague quando quiser; nada mais é tocado.',
  },
  needsEngine: 'Você já pode dar uma olhada; para instalar, é preciso o motor.',
};

export const fixes: Words['fixes'] = {
  option: (option, value) => `${option}: escolher “${value}”`,
  off: (option) => `Desativar “${option}”`,
  on: (option) => `Ativar “${option}”`,
  folder: (place, free) => `Usar ${place} (${free} livres)`,
  port: (port) => `Usar a porta ${port}`,
  both: (first, second) => `${first}; ${second}`,
  need: (client) => `Instalar um novo ${client} para ele`,
  engine: 'Obter o motor de contêineres',
  done: (what) => `Alterado: ${what}. Verificando de novo.`,
  label: 'Formas de resolver',
};

export const underway: Words['underway'] = {
  text: (name) => `“${name}” está sendo instalado agora.`,
  see: 'Ver o progresso',
};
