// What went wrong, for somebody who looks at a window. The table of all codes stands beside.
import type { Words } from '../text';
import { table } from './fault-table';

export const faults: Words['faults'] = {
  why: 'Por quê',
  steps: 'O que fazer',
  code: 'Código',
  table,
  local: {
    hostSilent: 'o serviço do Freehold não responde',
    sessionExpired: 'a sessão expirou',
    status: (code) => `status HTTP ${code}`,
  },
  window: {
    chooseFolder: 'Escolha outra pasta para os dados da blockchain.',
    chooseDisk: 'Escolha uma pasta em outro disco ou guarde só os blocos mais novos (armazenamento: podado).',
    giveFolder: (user, path) => `Escolha outra pasta, ou dê esta àquele usuário: \`sudo chown -R ${user} ${path}\`.`,
    confirm: 'Marque a caixa que diz que você quer continuar.',
    seeCatalog: 'Abra o catálogo e escolha um item.',
    seeOptions: 'Mude o valor; o intervalo aceito está ao lado.',
    chooseName: 'Escolha outro nome.',
    seeNodes: 'Abra a lista de nós.',
    seeWallets: 'Abra a lista de carteiras.',
    seeHistory: 'Veja no histórico da carteira o que foi feito.',
    chooseNode: 'Escolha um nó da mesma rede.',
    changeNode: 'Deixe o Freehold mudar o nó como mostrado, ou conecte mesmo assim.',
    giveNewPassword: 'Dê a ele uma nova senha na página do nó.',
    setOptionsBack: 'Volte as opções ao que eram, ou apague o nó com os dados e instale-o de novo.',
    seeInstead: 'A página dele no catálogo diz o que pode ser usado no lugar.',
    newerEntry: 'Atualize o Freehold, ou ponha uma versão mais nova do cliente na sua própria pasta de catálogo.',
    updateNode: 'Atualize o nó na parte Versão da página dele. Se o catálogo não tem nenhuma mais nova, atualize antes o Freehold.',
    chooseNeeded: 'Escolha outro nó em “Precisa de”, ou deixe o Freehold instalar um.',
    olderVersion: 'Para usar uma versão mais antiga, apague os dados e instale aquela versão.',
    readCrash: 'Antes de tentar de novo, leia o log do início que falhou em “Encerramentos inesperados”.',
    makeRoom: 'Libere espaço, guarde menos blocos (armazenamento: podado) ou mova os dados para outro disco. Ele continua sozinho assim que houver espaço.',
    report: 'É uma falha do Freehold. Relate-a com o arquivo de log da pasta do Freehold.',
  },
};
