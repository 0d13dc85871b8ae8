// New values for a node's options, until they are confirmed or undone. Nothing is sent before the user has seen what it
// means.
import type { CatalogEntryView, ChangeRequest, NodeView, OptionView } from '../../ipc/generated';

/** What the user wants to have changed. */
export class NodeChange {
  /** Every option that was touched. */
  wanted = $state<Record<string, string>>({});
  readonly #entry: () => CatalogEntryView;
  readonly #node: () => NodeView;

  constructor(entry: () => CatalogEntryView, node: () => NodeView) {
    this.#entry = entry;
    this.#node = node;
  }

  /** The value that an option has on the node; a secret is never known here. */
  current(option: OptionView): string {
    return option.type === 'secret' ? '' : (this.#node().options[option.id] ?? option.default);
  }

  /** The value that an option would have: decided by a rule, wanted, or as it is. */
  value(option: OptionView): string {
    return this.#forced(option.id)?.becomes ?? this.wanted[option.id] ?? this.current(option);
  }

  /** Why a rule decides an option with the values as they would be. */
  because(option: OptionView): string | null {
    return this.#forced(option.id)?.because ?? null;
  }

  set(id: string, value: string): void {
    this.wanted = { ...this.wanted, [id]: value };
  }

  undo(): void {
    this.wanted = {};
  }

  /** Options that make sense with the values as they would be. */
  get offered(): OptionView[] {
    const { options } = this.#entry();
    return options.filter((option) => {
      if (option.networks.length > 0 && !option.networks.includes(this.#node().network)) return false;
      if (option.only_if_option === null) return true;
      const other = options.find((each) => each.id === option.only_if_option);
      return other !== undefined && this.value(other) === option.only_if_equals;
    });
  }

  /** Options whose value would be another one; going back to the default is an empty text. */
  get changes(): Record<string, string> {
    const changed = this.offered.filter((option) => {
      const wanted = this.wanted[option.id];
      return wanted !== undefined && wanted !== this.current(option);
    });
    return Object.fromEntries(changed.map((option) => {
      const wanted = this.wanted[option.id] ?? '';
      return [option.id, wanted === option.default ? '' : wanted];
    }));
  }

  request(confirmed: boolean): ChangeRequest {
    return { node: this.#node().id, options: this.changes, confirmed };
  }

  #forced(id: string) {
    const { options, rules } = this.#entry();
    return rules.find((rule) => {
      if (rule.option !== id) return false;
      const cause = options.find((option) => option.id === rule.when_option);
      return cause !== undefined && (this.wanted[cause.id] ?? this.current(cause)) === rule.when_equals;
    });
  }
}
