import { careplanApi } from '@tongmai/api/careplan'
import type { Guideline, PathwayLine, PathwayStep } from '@tongmai/api/careplan/pathway'
import * as z from 'zod/mini'
import { To, useParam, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Compare } from '../../ui/compare.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useCriterionText } from './criterion-text.ts'
import { careplanWords } from './words.ts'

const search = z.object({ from: z.optional(z.string()) })

/** Two versions of a pathway side by side, step by step; what differs is marked. */
export function PathwayDifference() {
  const t = useWords(careplanWords)
  const id = useParam('id')
  const [query] = useSearch(search)
  const read = useRead(careplanApi.comparePathways, { params: { id }, query })
  const guidelines = useRead(careplanApi.listGuidelines, {}).data ?? []
  const say = useStepText(guidelines)
  const head = (one: PathwayLine) => (
    <To to={`/pathways/${one.id}`}>
      {t('pathway.base', { institution: one.institution.name, title: one.title, version: one.version })}
    </To>
  )
  return (
    <Page title={t('pathway.difference')} hint={t('pathway.difference-hint')}>
      <Loaded read={read} rows={8}>
        {({ before, after, steps, moved }) => (
          <Card>
            {moved && <StateTag tone="note">{t('pathway.moved')}</StateTag>}
            {!moved && steps.every((one) => one.kind === 'same') && <p>{t('pathway.no-difference')}</p>}
            <Compare
              label={t('pathway.difference')}
              left={head(before)}
              right={head(after)}
              lines={steps.map((one) => ({
                name: (one.after ?? one.before)?.title ?? one.code,
                left: one.before ? say(one.before) : undefined,
                right: one.after ? say(one.after) : undefined,
              }))}
            />
          </Card>
        )}
      </Loaded>
    </Page>
  )
}

/** A whole step as text, line by line. */
function useStepText(guidelines: readonly Guideline[]): (step: PathwayStep) => string {
  const t = useWords(careplanWords)
  const { criterion } = useCriterionText()
  return (step) => {
    const stands = guidelines.find((one) => one.code === step.guideline)
    return [
      step.title,
      step.text,
      step.criteria.length > 0
        ? `${t(step.criteria.length < 2 ? 'step.criteria' : step.when === 'any' ? 'step.any' : 'step.all')}：${step.criteria.map(criterion).join('；')}`
        : t('step.always'),
      [...new Set([t(`phase.${step.phase}`), t(`step-kind.${step.kind}`), step.urgent && t('step.urgent')])]
        .filter(Boolean)
        .join(' · '),
      step.form && `${t('step.form')}：${t(`form.${step.form as 'general'}`)}`,
      step.repeatDays && t('step.repeat-n', { n: step.repeatDays }),
      stands ? `${t('step.guideline')}：${stands.name}〔${stands.mark}〕` : t('step.off'),
    ]
      .filter(Boolean)
      .join('\n')
  }
}
