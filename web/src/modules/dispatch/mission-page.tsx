import { type MissionStatus, missionFlow, missionLine } from '@tongmai/api/dispatch/flow'
import { type Mission, missionApi } from '@tongmai/api/dispatch/mission'
import { useParam } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { CasePage } from '../../ui/case-page.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { StateLine } from '../../ui/state-line.tsx'
import { TimeLine } from '../../ui/time-line.tsx'
import { CaseBanner } from '../resident/index.ts'
import { MissionActs } from './mission-acts.tsx'
import { MissionFacts } from './mission-facts.tsx'
import { UrgencyTag } from './state.tsx'
import { toneOf } from './tone.ts'
import { dispatchWords } from './words.ts'

/** The page of one mission: person, where it is, facts, vital signs, story, and what I can do. */
export function MissionPage() {
  const id = useParam('id')
  const read = useRead(missionApi.readMission, { params: { id } }, { live: [`mission:${id}`] })
  return (
    <Loaded read={read} rows={10}>
      {(mission) => <Shown mission={mission} />}
    </Loaded>
  )
}

function Shown({ mission }: { mission: Mission }) {
  const t = useWords(dispatchWords)
  const { status, steps, since, due, owner, from, to } = mission
  return (
    <CasePage
      banner={<Banner mission={mission} />}
      title={
        <span className="tm-row">
          {t(`kind.${mission.kind}`)} · {from.shortName} → {to.shortName}
          <UrgencyTag urgency={mission.urgency} />
          <span className="tm-quiet">{mission.number}</span>
        </span>
      }
      state={
        <StateLine<MissionStatus>
          flow={missionFlow}
          main={missionLine}
          now={status}
          past={pastOf(steps)}
          word={(one) => t(`status.${one}`)}
          owner={owner?.institution.shortName}
          since={since}
          due={due}
        />
      }
      facts={<MissionFacts mission={mission} />}
      storyTitle={t('case.story')}
      story={<Story steps={steps} />}
      actions={<MissionActs mission={mission} />}
    />
  )
}

/** Each state once, when it was last reached. */
function pastOf(steps: Mission['steps']): { state: MissionStatus; at: Date }[] {
  const reached = new Map<MissionStatus, Date>()
  for (const { from, to, at } of steps) {
    if (from === to) continue
    reached.delete(to)
    reached.set(to, at)
  }
  return [...reached].map(([state, at]) => ({ state, at }))
}

/** In full where my institution may open the record now; the desk dispatches without the name. */
function Banner({ mission }: { mission: Mission }) {
  const t = useWords(dispatchWords)
  const { resident, needs } = mission
  return (
    <CaseBanner
      resident={resident}
      alerts={needs.isolation ? [`${t('kind.isolation')}：${t(`group.${needs.isolation}`)}`] : []}
      basis={t('case.basis')}
    />
  )
}

function Story({ steps }: { steps: Mission['steps'] }) {
  const t = useWords(dispatchWords)
  return (
    <TimeLine
      happenings={steps.map(({ id, at, move, to, by, institution, comment }) => ({
        id,
        at,
        title: t(`move.${move as 'depart'}`),
        by: [institution, by].filter(Boolean).join(' '),
        tone: toneOf(to),
        body: comment,
      }))}
    />
  )
}
