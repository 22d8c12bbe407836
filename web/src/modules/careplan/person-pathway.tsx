import { careplanApi } from '@tongmai/api/careplan'
import type { FollowedPathway, StepStanding } from '@tongmai/api/careplan/following-pathway'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { useCriterionText } from './criterion-text.ts'
import { EndPathway } from './end-pathway.tsx'
import { NextStep } from './next-step.tsx'
import { standingTone } from './pathway-tone.ts'
import { careplanWords } from './words.ts'

/** On a resident's page: the pathway they are on, the step it proposes now and why, and what was done so far. */
export function PersonPathway({ residentId }: { residentId: string }) {
  const t = useWords(careplanWords)
  const may = useMay()
  const tell = useTell()
  const [chosen, setChosen] = useState<string | null>(null)
  const read = useRead(
    careplanApi.readResidentPathways,
    { params: { id: residentId } },
    { live: ['careplan'], keepPrevious: true },
  )
  const start = useWrite(careplanApi.startPathway, {
    touches: ['careplan'],
    onDone: () => tell(t('on.started')),
  })
  return (
    <Card title={t('pathway.title')}>
      <Loaded read={read} rows={3}>
        {({ followed, offered }) => (
          <>
            {followed.length === 0 && <p className="tm-quiet">{t('on.none')}</p>}
            {followed.map((one) => (
              <Followed key={one.id} residentId={residentId} followed={one} />
            ))}
            {may('careplan.follow') && offered.length > 0 && (
              <div className="tm-row" style={{ marginTop: 8 }}>
                <Select
                  aria-label={t('on.start')}
                  placeholder={t('choose')}
                  style={{ flex: 1, minWidth: 0, maxWidth: 420 }}
                  value={chosen}
                  options={offered.map(({ id, ...base }) => ({
                    ...{ value: id, label: t('pathway.base', { ...base, institution: base.owner }) },
                  }))}
                  onChange={setChosen}
                />
                <Button
                  disabled={!chosen}
                  loading={start.isPending}
                  onClick={() =>
                    chosen && start.mutate({ params: { id: residentId }, body: { pathwayId: chosen } })
                  }
                >
                  {t('on.start')}
                </Button>
              </div>
            )}
            <RefusalNote refused={start.error} />
          </>
        )}
      </Loaded>
    </Card>
  )
}

function Followed({ residentId, followed }: { residentId: string; followed: FollowedPathway }) {
  const t = useWords(careplanWords)
  const may = useMay()
  const tell = useTell()
  const [ending, setEnding] = useState(false)
  const renew = useWrite(careplanApi.renewPathway, {
    touches: ['careplan'],
    onDone: () => tell(t('on.started')),
  })
  const one = followed
  const acts = one.mine && !one.endedOn && may('careplan.follow')
  const next = one.steps.find(({ step }) => step.code === one.next)
  return (
    <section aria-label={one.title} style={{ marginBottom: 12 }}>
      <div className="tm-row" style={{ flexWrap: 'wrap' }}>
        <To to={`/pathways/${one.pathwayId}`}>
          {t('pathway.base', { institution: one.owner, title: one.title, version: one.version })}
        </To>
        {one.endedOn ? (
          <StateTag>{t('on.ended')}</StateTag>
        ) : (
          <span className="tm-quiet">{t('on.since', { on: one.startedOn })}</span>
        )}
        {one.withdrawn && <StateTag tone="bad">{t('on.withdrawn')}</StateTag>}
        {acts && one.newer && (
          <Button
            size="small"
            loading={renew.isPending}
            onClick={() => renew.mutate({ params: { id: one.id } })}
          >
            {t('on.renew', { n: one.newer.version })}
          </Button>
        )}
        {acts && (
          <Button size="small" type="text" onClick={() => setEnding(true)}>
            {t('on.end')}
          </Button>
        )}
      </div>
      {!one.endedOn &&
        (next ? (
          <NextStep residentId={residentId} followed={one} standing={next} acts={acts} />
        ) : (
          <p className="tm-quiet">{t('on.nothing')}</p>
        ))}
      <details>
        <summary className="tm-quiet">{t('on.steps')}</summary>
        <ol className="tm-steps">
          {one.steps.map((standing) => (
            <Standing key={standing.step.code} standing={standing} />
          ))}
        </ol>
      </details>
      {ending && <EndPathway followed={one} onClose={() => setEnding(false)} />}
    </section>
  )
}

function Standing({ standing }: { standing: StepStanding }) {
  const t = useWords(careplanWords)
  const { day } = useDates()
  const { known } = useCriterionText()
  const { step, state, because, last, againOn } = standing
  const said = [
    last &&
      [day(last.at), last.by, last.reason && t(`skip.${last.reason}`), last.note].filter(Boolean).join(' '),
    againOn && (state === 'done' || state === 'skipped') && t('step.again', { on: againOn }),
    (state === 'later' || state === 'unknown') && because.map(known).join('；'),
  ].filter(Boolean)
  return (
    <li data-off={state === 'off'}>
      <div className="tm-row">
        {step.title} <StateTag tone={standingTone[state]}>{t(`standing.${state}`)}</StateTag>
      </div>
      {said.length > 0 && <p className="tm-quiet">{said.join(' · ')}</p>}
    </li>
  )
}
