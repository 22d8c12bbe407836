import {
  type ASTVisitor,
  GraphQLError as Fault,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'

const DEEPEST = 16
const FIELDS_MAX = 2_000

interface Size {
  readonly depth: number
  readonly fields: number
}

const none: Size = { depth: 0, fields: 0 }

/** How deep and how wide a query is with its fragments put in; each fragment is measured once. */
class Measure {
  readonly #fragments: (name: string) => FragmentDefinitionNode | null | undefined
  readonly #known = new Map<string, Size>()

  constructor(fragments: (name: string) => FragmentDefinitionNode | null | undefined) {
    this.#fragments = fragments
  }

  of(set: SelectionSetNode | undefined): Size {
    let { depth, fields } = none
    for (const selection of set?.selections ?? []) {
      const size =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.#fragment(selection.name.value)
          : this.of(selection.selectionSet)
      const isField = selection.kind === Kind.FIELD
      depth = Math.max(depth, size.depth + (isField ? 1 : 0))
      fields += size.fields + (isField ? 1 : 0)
    }
    return { depth, fields }
  }

  #fragment(name: string): Size {
    const known = this.#known.get(name)
    if (known) return known
    // A fragment within itself is another rule's to refuse.
    this.#known.set(name, none)
    const size = this.of(this.#fragments(name)?.selectionSet)
    this.#known.set(name, size)
    return size
  }
}

const isIntrospection = (set: SelectionSetNode): boolean =>
  set.selections.every((one) => one.kind === Kind.FIELD && one.name.value.startsWith('__'))

/** Refuses queries that are deeper or wider than this server takes; what asks about the schema has limits of its own. */
export function withinLimits(context: ValidationContext): ASTVisitor {
  const measure = new Measure((name) => context.getFragment(name))
  const say = (text: string, node: SelectionSetNode): GraphQLError => new Fault(text, { nodes: node })
  return {
    OperationDefinition({ selectionSet }) {
      if (isIntrospection(selectionSet)) return
      const { depth, fields } = measure.of(selectionSet)
      if (depth > DEEPEST)
        context.reportError(say(`The query is deeper than ${DEEPEST} fields.`, selectionSet))
      if (fields > FIELDS_MAX)
        context.reportError(say(`The query has more than ${FIELDS_MAX} fields.`, selectionSet))
    },
  }
}
