import type { Weighed } from '@tongmai/api/careplan/following-pathway'
import type { Criterion, FactName } from '@tongmai/api/careplan/pathway'
import { useWords } from '../../kernel/words.ts'
import { careplanWords } from './words.ts'

const units: Partial<Record<FactName, string>> = {
  ...{ systolic: 'mmHg', diastolic: 'mmHg', fastingGlucose: 'mmol/L', hba1c: '%', age: '岁' },
  ...{ daysEnrolled: '天', daysToFollowUp: '天', unsatisfactoryRun: '次' },
}
const signs: Readonly<Record<string, string>> = {
  '<=': '≤',
  '>=': '≥',
  '!=': '≠',
  '<': '＜',
  '>': '＞',
  '=': '=',
}

type Value = Criterion['value']

/** Criteria and what is known of them, as people read them. */
export function useCriterionText() {
  const t = useWords(careplanWords)
  const say = (fact: string, value: Value): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (fact === 'lastVerdict') return t(`verdict.${value as 'satisfactory'}`)
    if (fact === 'risk') return t(`risk.${value as 'low'}`)
    return [value, units[fact as FactName]].filter((one) => one !== undefined).join(' ')
  }
  const named = (fact: string) => t(`fact.${fact as FactName}`)
  return {
    criterion: ({ fact, operator, value }: Criterion): string =>
      operator === '=' && typeof value === 'boolean'
        ? `${named(fact)}：${say(fact, value)}`
        : `${named(fact)} ${signs[operator]} ${say(fact, value)}`,
    known: ({ fact, value, on }: Weighed): string =>
      value === null
        ? `${named(fact)} ${t('fact.unknown')}`
        : `${named(fact)} ${say(fact, value)}${on ? `（${on}）` : ''}`,
  }
}
