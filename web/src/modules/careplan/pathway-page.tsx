import { careplanApi } from '@tongmai/api/careplan'
import type { Guideline, Pathway, PathwayStep } from '@tongmai/api/careplan/pathway'
import { To, useParam } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useCriterionText } from './criterion-text.ts'
import { PathwayActs } from './pathway-acts.tsx'
import { pathwayTone } from './pathway-tone.ts'
import { careplanWords } from './words.ts'

/** One version of a pathway: its steps with the guideline each stands on, where it stands, what may be done with it. */
export function PathwayPage() {
  const t = useWords(careplanWords)
  const id = useParam('id')
  const read = useRead(careplanApi.readPathway, { params: { id } }, { live: ['careplan'] })
  const guidelines = useRead(careplanApi.listGuidelines, {}).data ?? []
  return (
    <Page title={read.data?.title ?? t('pathway.title')} hint={read.data?.note}>
      <Loaded read={read} rows={8}>
        {(one) => (
          <div className="tm-case">
            <div className="tm-case-wide">
              <About pathway={one} />
              <Card title={t('pathway.steps')}>
                <ol className="tm-steps">
                  {one.steps.map((step) => (
                    <Step key={step.code} step={step} guidelines={guidelines} />
                  ))}
                </ol>
              </Card>
            </div>
            <div className="tm-case-side">
              <PathwayActs pathway={one} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function About({ pathway }: { pathway: Pathway }) {
  const t = useWords(careplanWords)
  const one = pathway
  return (
    <Card
      title={
        <>
          {t('pathway.version-n', { n: one.version })}{' '}
          <StateTag tone={pathwayTone[one.status]}>{t(`pathway-status.${one.status}`)}</StateTag>
        </>
      }
      extra={one.basedOn && <To to={`/pathways/${one.id}/difference`}>{t('pathway.compare')}</To>}
    >
      <Facts
        facts={[
          [t('disease'), t(`programme.${one.programme}`)],
          [t('pathway.owner'), one.institution.name],
          ...(one.basedOn
            ? ([
                [
                  t('pathway.based-on'),
                  <To key="base" to={`/pathways/${one.basedOn.id}`}>
                    {t('pathway.base', one.basedOn)}
                  </To>,
                ],
              ] as const)
            : []),
          [t('pathway.author'), one.author],
          [t('pathway.reviewer'), one.reviewer],
          [t('pathway.published-on'), one.publishedOn],
          ...(one.comment ? ([[t('pathway.comment'), one.comment]] as const) : []),
          ...(one.endedOn
            ? ([[t('pathway.ended-on'), [one.endedOn, one.endNote].filter(Boolean).join(' ')]] as const)
            : []),
          [t('pathway.in-use'), t('pathway.people', { n: one.inUse })],
          ...(one.versions.length > 1
            ? ([
                [
                  t('pathway.versions'),
                  <span key="versions" className="tm-row">
                    {one.versions.map((each) => (
                      <To key={each.id} to={`/pathways/${each.id}`}>
                        {t('pathway.version-n', { n: each.version })}（{t(`pathway-status.${each.status}`)}）
                      </To>
                    ))}
                  </span>,
                ],
              ] as const)
            : []),
        ]}
      />
    </Card>
  )
}

function Step({ step, guidelines }: { step: PathwayStep; guidelines: readonly Guideline[] }) {
  const t = useWords(careplanWords)
  const { criterion } = useCriterionText()
  const stands = guidelines.find((one) => one.code === step.guideline)
  const when =
    step.criteria.length > 1 ? t(step.when === 'any' ? 'step.any' : 'step.all') : t('step.criteria')
  return (
    <li data-off={step.guideline === null}>
      <div className="tm-row">
        <b>{step.title}</b>
        <StateTag tone="idle">{t(`phase.${step.phase}`)}</StateTag>
        {step.urgent && <StateTag tone="bad">{t('step.urgent')}</StateTag>}
        {step.guideline === null && <StateTag tone="wait">{t('step.off')}</StateTag>}
      </div>
      <p>{step.text}</p>
      <p className="tm-quiet">
        {step.criteria.length > 0 ? `${when}：${step.criteria.map(criterion).join('；')}` : t('step.always')}
        {' · '}
        {t(`step-kind.${step.kind}`)}
        {step.form && `（${t(`form.${step.form as 'general'}`)}）`}
        {step.repeatDays && ` · ${t('step.repeat-n', { n: step.repeatDays })}`}
      </p>
      {stands && (
        <p className="tm-quiet">
          {t('step.guideline')}：{t('step.guideline-of', { name: stands.name, mark: stands.mark })}
        </p>
      )}
    </li>
  )
}
