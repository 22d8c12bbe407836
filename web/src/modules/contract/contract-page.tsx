import { contractApi } from '@tongmai/api/contract'
import { type ContractStatus, contractFlow, mainLine } from '@tongmai/api/contract/flow'
import type { Contract } from '@tongmai/api/contract/shape'
import { To, useParam } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { CasePage } from '../../ui/case-page.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { StateLine } from '../../ui/state-line.tsx'
import { TimeLine } from '../../ui/time-line.tsx'
import { CaseBanner } from '../resident/index.ts'
import { ContractActs } from './contract-acts.tsx'
import { ContractFacts } from './contract-facts.tsx'
import { contractWords } from './words.ts'

/** The page of one contract: person, where it is, what was signed, story, and what I can do. */
export function ContractPage() {
  const id = useParam('id')
  const read = useRead(contractApi.read, { params: { id } }, { live: [`contract:${id}`] })
  return (
    <Loaded read={read} rows={10}>
      {(contract) => <Shown contract={contract} />}
    </Loaded>
  )
}

function Shown({ contract }: { contract: Contract }) {
  const t = useWords(contractWords)
  const { status, number, steps, since, doctor, team, packages } = contract
  return (
    <CasePage
      banner={<Banner contract={contract} />}
      title={
        <span className="tm-row">
          {t('title')} · {packages.join('、')} <span className="tm-quiet">{number}</span>
        </span>
      }
      state={
        <StateLine<ContractStatus>
          flow={contractFlow}
          main={mainLine}
          now={status}
          past={pastOf(steps)}
          word={(one) => t(`status.${one}`)}
          owner={`${team.name} ${doctor.name}`}
          since={since}
        />
      }
      facts={<ContractFacts contract={contract} />}
      storyTitle={t('story')}
      story={<Story contract={contract} />}
      actions={<ContractActs contract={contract} />}
    />
  )
}

/** Each state once, when it was last reached. */
function pastOf(steps: Contract['steps']): { state: ContractStatus; at: Date }[] {
  const reached = new Map<ContractStatus, Date>()
  for (const { from, to, at } of steps) {
    if (from === to) continue
    reached.delete(to)
    reached.set(to, at)
  }
  return [...reached].map(([state, at]) => ({ state, at }))
}

/** In full where my institution may open the record now; masked once that has ended. */
function Banner({ contract }: { contract: Contract }) {
  const t = useWords(contractWords)
  return (
    <CaseBanner resident={contract.resident} basis={t('basis')}>
      {contract.prevId && <To to={`/contracts/${contract.prevId}`}>{t('previous')}</To>}
      {contract.nextId && <To to={`/contracts/${contract.nextId}`}>{t('following')}</To>}
    </CaseBanner>
  )
}

function Story({ contract }: { contract: Contract }) {
  const t = useWords(contractWords)
  const word = (move: string) => t(`move.${move}` as 'move.sign')
  return (
    <TimeLine
      happenings={contract.steps.map(({ id, at, move, by, institution, comment }) => ({
        ...{ id, at, title: word(move), body: comment },
        by: [by || t('by-clock'), institution].filter(Boolean).join(' · '),
      }))}
    />
  )
}
