// The words of the faults of wallets and endpoints.
import type { Words } from '../text';

const untouched = 'O arquivo da carteira não foi tocado.';

export const walletFaults = {
  'wallet-unknown': { title: 'Essa carteira não existe', why: 'O Freehold não sabe conectar `{wallet}`. Conhecidas: {known}.', todo: null },
  'wallet-not-found': {
    title: 'As configurações da carteira não foram encontradas',
    why: '{wallet} as guarda em {path}, que não existe.',
    todo: 'Abra a carteira uma vez para que ela crie as configurações, feche-a e tente de novo.',
  },
  'wallet-running': {
    title: 'A carteira está aberta',
    why: '{wallet} ({evidence}) sobrescreveria a mudança ao fechar. Nada foi alterado.',
    todo: 'Feche {wallet} e tente de novo.',
  },
  'wallet-file-malformed': {
    title: 'As configurações da carteira não podem ser lidas',
    why: '{path}: {reason}. Nada foi alterado.',
    todo: 'Abra a carteira para ver se ela consegue, ou corrija o arquivo.',
  },
  'wallet-file-read-only': {
    title: 'As configurações da carteira não podem ser gravadas',
    why: '{path}: {reason}. Nada foi alterado.',
    todo: 'Dê ao seu usuário permissão de gravação (`chmod u+w`) e tente de novo.',
  },
  'wallet-file-symlink': {
    title: 'O arquivo de configuração da carteira é um link',
    why: '{path} aponta para {target}. O Freehold não grava através de links, para não alterar outro arquivo de surpresa.',
    todo: 'Substitua o link pelo próprio arquivo, ou edite à mão o arquivo para o qual ele aponta.',
  },
  'wallet-file-changed': {
    title: 'As configurações da carteira mudaram enquanto o Freehold trabalhava',
    why: '{path} já não é o arquivo previsto. Nada foi gravado.',
    todo: 'Feche todos os programas que o usam e tente de novo.',
  },
  'wallet-protocol': { title: 'A carteira não pode usar esse endpoint', why: '{wallet} fala {spoken}; o endpoint é {offered}. {reason}', todo: null },
  'wallet-conflict': {
    title: 'A carteira não usaria o novo endpoint',
    why: '{path}: {reason}. Nada foi alterado.',
    todo: 'Mude isso à mão na carteira ou no arquivo dela e conecte de novo.',
  },
  'wallet-needs': { title: 'Falta ao nó o que a carteira precisa', why: `{lacks} ${untouched}`, todo: null },
  'credential-revoked': { title: 'O acesso foi revogado', why: '{node} não conhece mais o usuário {consumer}: o acesso foi revogado.', todo: null },
  'nothing-to-revert': { title: 'Não há nada para restaurar', why: 'O Freehold não conectou {wallet} em {network}.', todo: null },
  'wallet-journal': {
    title: 'Não foi possível gravar a cópia de segurança',
    why: `{path}: {reason}. ${untouched}`,
    todo: 'Verifique o espaço e as permissões da pasta do Freehold e tente de novo.',
  },
  'endpoint-invalid': { title: 'Isso não é um endpoint', why: '`{endpoint}`: {reason}.', todo: 'Escreva, por exemplo, `bitcoin+http://127.0.0.1:8332`.' },
  'endpoint-silent': {
    title: 'O endpoint não responde',
    why: `{endpoint}: {reason}. ${untouched}`,
    todo: 'Inicie o nó, espere até ele responder e tente de novo.',
  },
  'endpoint-auth': { title: 'O endpoint recusa a senha', why: `{endpoint} não aceita o usuário {user}. ${untouched}`, todo: 'Verifique o usuário e a senha.' },
  'endpoint-wrong-chain': { title: 'O endpoint está em outra blockchain', why: `{endpoint}: esperava-se {expected}, e foi encontrado {found}. ${untouched}`, todo: null },
  'endpoint-warming-up': {
    title: 'O nó ainda está iniciando',
    why: `{endpoint} diz: {message}. ${untouched}`,
    todo: 'Espere até ele ficar pronto e tente de novo.',
  },
  'endpoint-unreadable': {
    title: 'Outra coisa responde no endpoint',
    why: `{endpoint}: {reason}. ${untouched}`,
    todo: 'Verifique a porta: outro programa pode estar usando-a.',
  },
} satisfies Partial<Words['faults']['table']>;
