// Activity and its files, the support bundle, registries, the start at login, the end.
import type { Words } from '../text';

export const timeline: Words['timeline'] = {
  filters: 'Filtros',
  subject: 'Sobre',
  anySubject: 'Todos os nós e carteiras',
  search: 'Buscar',
  searchHelp: 'Em frases, nomes e valores',
  time: 'Quando',
  times: { any: 'Qualquer momento', day: 'Últimas 24 horas', week: 'Últimos 7 dias', month: 'Últimos 30 dias', between: 'Entre dois dias' },
  from: 'De',
  to: 'Até',
  clear: 'Limpar os filtros',
  older: 'Mostrar entradas mais antigas',
  loadingOlder: 'Carregando…',
  end: 'Isso é tudo.',
  shown: (count) => `${count} exibidas`,
  nothing: 'Nada corresponde',
  nothingText: 'Nenhuma entrada corresponde a todos esses filtros.',
  changed: 'O que mudou',
  none: 'nada',
  became: 'passou a ser',
  save: 'Salvar como',
  formats: { json: 'JSON', csv: 'Tabela CSV' },
  saveHelp: 'Todas as entradas que correspondem aos filtros, também as que ainda não são exibidas.',
  savedTo: (path) => `Salvo em ${path}`,
  downloaded: (name) => `${name} foi baixado`,
};

export const support: Words['support'] = {
  heading: 'Pacote de suporte',
  lead: 'O que alguém que ajuda você precisa saber. Nada é enviado: você vê, você salva, você decide quem recebe.',
  hidden: 'Senhas, chaves, seu nome, o nome deste computador, pastas pessoais, e-mails e endereços públicos são ocultados. Arquivos de carteiras nunca fazem parte dele.',
  show: 'Mostrar o que contém',
  gathering: 'Reunindo…',
  again: 'Reunir de novo',
  save: 'Salvar este pacote',
  saving: 'Salvando…',
  summary: (files, size, hidden) => `${files} arquivos, ${size}, ${hidden} dados ocultos.`,
  files: 'Arquivos do pacote',
  content: (name) => `Conteúdo de ${name}`,
  empty: 'Este arquivo está vazio.',
};

export const registries: Words['registries'] = {
  heading: 'Registros de imagens',
  lead: 'De onde vêm as imagens dos nós. O motor os consulta só quando você instala ou atualiza.',
  mirrors: 'O Freehold usa o registro que o catálogo indica. Um registro próprio pode ser indicado na sua própria pasta de catálogo.',
  host: 'Registro',
  of: 'Imagens de',
  reached: 'Último contato',
  never: 'Ainda não consultado neste computador',
  ago: (span) => `Contatado ${span}`,
  failed: (span) => `Sem contato ${span}`,
  used: (nodes) => `Usado por ${nodes}`,
  more: (count) => `e mais ${count}`,
  list: (names) => names.join(', '),
};

export const system: Words['system'] = {
  heading: 'Início automático',
  login: 'Iniciar quando eu entrar',
  loginHelp: 'Na bandeja, sem janela. O sistema guarda esta configuração; o Freehold pergunta a ele toda vez.',
  loginElsewhere: 'Pode ser definido na própria janela do Freehold. Aqui, num navegador, não há nada a iniciar.',
  loginOther: 'Não para um Freehold que recebeu outra pasta.',
  asking: 'Perguntando ao sistema…',
  dataDisk: 'Disco para os dados da blockchain de novos nós',
  releases: 'Novas versões',
  releasesText: 'O Freehold não pergunta a nenhum servidor se há uma versão mais nova. As novas chegam por onde esta chegou: a fonte de pacotes ou a página de onde você a obteve. O que mudou está nas notas da versão.',
  catalogText: 'Quando o catálogo indica uma versão mais nova de um nó, isso é anunciado na página do nó e, se você quiser, na área de trabalho. Nada é atualizado, a menos que você diga ou configure o nó para isso.',
};

export const quitting: Words['quitting'] = {
  goesOn: 'Continua sem o Freehold',
  goesOnText: 'Seus nós e cada carteira que usa um deles.',
  rests: 'Fica parado até o Freehold voltar',
  restsText: 'Notificações, regras de bateria, rede limitada e horários, a vigilância de discos cheios e as mudanças que esperam uma carteira fechar.',
  hide: 'Ocultar na bandeja',
  remember: 'Fazer o mesmo da próxima vez sem perguntar',
};
