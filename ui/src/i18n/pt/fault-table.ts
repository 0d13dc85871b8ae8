// The words of every fault. `todo` is absent where the window has steps of its own (faults/presentation.ts).
import type { Words } from '../text';
import { walletFaults } from './fault-table-wallets';

export const table: Words['faults']['table'] = {
  'engine-missing': {
    title: 'Nenhum motor de contêineres foi encontrado',
    why: 'O Freehold executa os nós em contêineres e não encontrou nem o Docker nem o Podman neste computador ({looked_at}).',
    todo: 'Instale o Docker ou o Podman, inicie-o e verifique de novo.',
  },
  'engine-permission': {
    title: 'O motor de contêineres não deixa este usuário entrar',
    why: '{address} existe, mas o usuário {user} não pode abri-lo.',
    todo: 'Execute `sudo usermod -aG docker {user}`, saia da sessão, entre de novo e verifique outra vez. Os membros desse grupo podem agir como root neste computador.',
  },
  'engine-unreachable': {
    title: 'O motor de contêineres não responde',
    why: '{address}: {reason}.',
    todo: 'Inicie o motor (por exemplo, `sudo systemctl start docker`). O Freehold continua sozinho assim que ele responder; os nós mantêm os dados.',
  },
  'engine-too-old': {
    title: 'O motor de contêineres é antigo demais',
    why: 'Foi encontrada a versão {version}; o Freehold precisa do Docker 20.10 ou do Podman 4.3.',
    todo: 'Atualize o motor e verifique de novo.',
  },
  'engine-refused': {
    title: 'O motor de contêineres recusou um pedido',
    why: '{operation}: {reason}.',
    todo: 'Veja o motivo acima. Se ele cita um limite deste computador, mude-o e tente de novo.',
  },
  'engine-setup-failed': {
    title: 'Não foi possível preparar o motor de contêineres',
    why: '{reason}.',
    todo: 'Execute os comandos do guia em um terminal, onde se vê tudo o que eles dizem. Esta página continua sozinha assim que o motor responder.',
  },
  'registry-unreachable': {
    title: 'Não é possível acessar o registro de imagens',
    why: '{registry} não respondeu: {reason}.',
    todo: 'Verifique a rede deste computador e tente de novo. O que o motor já baixou é mantido, se ele permitir.',
  },
  'image-missing': {
    title: 'O registro não tem a imagem',
    why: '{image} não foi encontrada em {registry}.',
    todo: 'Quem a publica pode tê-la retirado. Atualize o catálogo do Freehold ou indique outra fonte na sua própria pasta de catálogo.',
  },
  'image-digest-mismatch': {
    title: 'A imagem não é a que o catálogo indica',
    why: 'Esperava-se {expected}, e o motor tem {found}. Nada foi iniciado.',
    todo: 'Não use este registro até saber o motivo. Remova a imagem do motor e tente outra fonte.',
  },
  'image-platform': {
    title: 'A imagem não roda em um computador deste tipo',
    why: 'O motor roda em {platform}; a imagem é oferecida para {offered}.',
    todo: 'Use um computador de um desses tipos.',
  },
  'pull-failed': {
    title: 'Não foi possível baixar a imagem',
    why: '{image}: {reason}.',
    todo: 'Tente de novo. Se falhar no mesmo ponto, verifique o espaço em disco do motor.',
  },
  'disk-too-small': { title: 'O disco é pequeno demais para este nó', why: '{path} tem {available} livres; são necessários {needed}.', todo: null },
  'disk-full': {
    title: 'O disco está cheio',
    why: '{path} tem {available} livres.',
    todo: 'Libere espaço e inicie de novo; nada se perdeu.',
  },
  'port-in-use': {
    title: 'Uma porta de que o nó precisa está ocupada',
    why: 'A porta {port} em {address} é usada por {owner}.',
    todo: 'Pare esse programa ou escolha outra porta para o nó.',
  },
  'clock-skew': {
    title: 'O relógio deste computador está errado',
    why: 'Ele se desvia {skew} da hora informada por {source}. Os nós recusam blocos quando o relógio está errado.',
    todo: 'Ative a hora da rede (`sudo timedatectl set-ntp true`) e tente de novo.',
  },
  'data-dir-owner': { title: 'A pasta de dados é de outro usuário', why: '{path} é de {owner}; o nó rodaria como {user} e não poderia gravar ali.', todo: null },
  'data-dir-unusable': { title: 'A pasta de dados não pode ser usada', why: '{path}: {reason}.', todo: null },
  'data-dir-in-use': { title: 'Outro nó usa essa pasta de dados', why: '{path} é do nó {owner}. Dois nós em uma mesma pasta a destruiriam.', todo: null },
  'already-running': {
    title: 'O Freehold já está rodando com esta pasta de dados',
    why: 'O processo {pid} ocupa {path} e não responde a comandos.',
    todo: 'Use aquela janela, encerre o processo ou escolha outra pasta com `--data-dir`.',
  },
  'newer-data': {
    title: 'A pasta de dados é de um Freehold mais novo',
    why: '{path} tem a versão {found}; este programa conhece a {known}. Nada foi alterado.',
    todo: 'Atualize o Freehold ou escolha outra pasta com `--data-dir`.',
  },
  'store-failed': {
    title: 'O Freehold não conseguiu ler ou gravar a própria pasta',
    why: '{path}: {reason}.',
    todo: 'Verifique se a pasta existe, se ela é sua e se o disco não está cheio.',
  },
  'settings-corrupt': {
    title: 'O arquivo de configuração não pôde ser lido e foi posto de lado',
    why: '{path} não é válido ({reason}); ele foi guardado como {kept}. Os valores padrão estão em uso.',
    todo: 'Configure de novo o que precisar, ou corrija o arquivo guardado e coloque-o de volta.',
  },
  'bad-request': { title: 'O pedido não foi entendido', why: '{reason}.', todo: null },
  'confirmation-needed': { title: 'Isto precisa do seu consentimento', why: '{what}.', todo: null },
  'not-supported': { title: 'Isto não é possível aqui', why: '{what}.', todo: 'Veja na documentação o que este sistema permite.' },
  'timed-out': {
    title: 'Demorou demais',
    why: '{what} não terminou em {limit}. Continua em segundo plano.',
    todo: 'Veja o estado e o log do nó.',
  },
  internal: {
    title: 'O Freehold cometeu um erro',
    why: '{reason}. É uma falha do programa.',
    todo: 'Relate-a com o arquivo de log da pasta do Freehold.',
  },
  'catalog-invalid': {
    title: 'Um arquivo do catálogo não é válido',
    why: '{file}, linha {line}: {reason}.',
    todo: 'Corrija o arquivo e execute `freehold catalog check` na pasta dele.',
  },
  'client-unknown': { title: 'Esse item do catálogo não existe', why: '`{client}` não está no catálogo. Conhecidos: {known}.', todo: null },
  'network-unknown': { title: 'Este cliente não conhece essa rede', why: '`{network}` não é nenhuma de {known}.', todo: null },
  'option-invalid': { title: 'Uma opção não pode ter esse valor', why: '`{option}`: {reason}.', todo: null },
  'client-unavailable': { title: 'O Freehold não instala este cliente', why: '{what}', todo: null },
  'entry-expired': { title: 'O item do catálogo expirou', why: '{what}', todo: null },
  'release-halted': {
    title: 'Esta versão parou conforme o previsto',
    why: '{client} {version} para no bloco {height}, para que ninguém siga uma blockchain desatualizada.',
    todo: null,
  },
  'node-needed': { title: 'Outros nós precisam deste', why: '{node} é necessário para {others}.', todo: 'Remova ou pare esses nós antes.' },
  'need-unmet': { title: 'Um nó de que este precisa não pode ser usado', why: '{what}', todo: null },
  'nothing-to-update': {
    title: 'Não há nada mais novo',
    why: '{node} roda a versão que o catálogo indica.',
    todo: 'Atualize o Freehold para receber itens de catálogo mais novos.',
  },
  'rollback-impossible': { title: 'Não há como voltar para a versão anterior', why: '{what}', todo: null },
  'update-failed': { title: 'A versão nova não funcionou e foi retirada', why: '{node}: {reason}. A versão anterior está rodando de novo.', todo: null },
  'disk-nearly-full': {
    title: 'O disco está quase cheio',
    why: 'Restam {available} em {path}. O nó foi parado enquanto o banco de dados está íntegro.',
    todo: null,
  },
  'move-failed': {
    title: 'Não foi possível mover os dados',
    why: '{path}: {reason}. A pasta antiga está completa e em uso.',
    todo: 'Corrija a causa e mova de novo; o que já foi copiado não é copiado outra vez.',
  },
  'database-version': {
    title: 'Os dados foram gravados por outra versão',
    why: '{service} diz: {last_words}.',
    todo: 'Use a versão que os gravou, ou apague os dados e sincronize de novo.',
  },
  'cpu-unsupported': {
    title: 'Faltam a este processador instruções de que o nó precisa',
    why: '{service} terminou com uma instrução inválida.',
    todo: 'Use um computador com um processador mais novo ou outro cliente da mesma blockchain.',
  },
  'node-unknown': { title: 'Esse nó não existe', why: '`{node}` não é um dos seus nós. Conhecidos: {known}.', todo: null },
  'node-exists': { title: 'Já existe um nó com esse nome', why: '`{node}` existe.', todo: null },
  'node-busy': {
    title: 'O nó está sendo removido',
    why: '`{node}` não aceita comandos até a remoção terminar.',
    todo: 'Espere a remoção terminar.',
  },
  'node-changing': { title: 'O nó está sendo alterado', why: '{node} {what}.', todo: 'Espere terminar e tente de novo.' },
  'node-crashed': {
    title: 'O nó encerrou sozinho',
    why: '{service} terminou com o código {code}. Suas últimas palavras: {last_words}.',
    todo: 'Procure a causa no log.',
  },
  'node-out-of-memory': {
    title: 'O nó ficou sem memória',
    why: 'O sistema encerrou {service} porque faltou memória.',
    todo: 'Feche outros programas ou dê ao nó um cache menor (`dbcache`) e inicie-o de novo.',
  },
  'node-bad-database': {
    title: 'O nó não consegue ler o próprio banco de dados',
    why: '{service} diz: {last_words}.',
    todo: 'Reinicie-o uma vez. Se ele disser isso de novo, os dados precisam ser reconstruídos; o log diz como.',
  },
  'node-needs-reindex': { title: 'As opções escolhidas exigem reconstruir os dados', why: '{service} diz: {last_words}.', todo: null },
  'node-auth-failed': {
    title: 'O nó recusa a senha do Freehold',
    why: 'A senha guardada para {node} não é aquela com que o nó foi iniciado.',
    todo: 'Reinicie o nó; o Freehold dá a senha a ele de novo.',
  },
  'wrong-chain': {
    title: 'O nó segue outra blockchain',
    why: 'Esperava-se {expected}, e foi encontrado {found}.',
    todo: 'Não conecte nenhuma carteira a ele. A pasta de dados pode ser de outra rede ou de uma bifurcação.',
  },
  'attach-failed': {
    title: 'O nó não pode ser monitorado',
    why: '{endpoint}: {reason}.',
    todo: 'Verifique o endereço, o usuário e a senha, e se o nó está rodando neste computador.',
  },
  ...walletFaults,
};
