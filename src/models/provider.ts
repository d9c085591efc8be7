/** A kind of model that Settings offers. All of it is data: what differs in code is a model of its own. */
export interface Provider {
  /** As stored in run settings. */
  readonly id: string;
  readonly label: string;
  /** Where its API is; '' where the person says so; null where it needs no network. */
  readonly baseUrl: string | null;
  /** Headers that its host asks of web pages, besides the key. Sent to that host alone. */
  readonly headers: Readonly<Record<string, string>>;
  /** Models to begin with; '' where the person says so. */
  readonly rootModel: string;
  readonly subModel: string;
  /** Other models worth naming. */
  readonly models: readonly string[];
  /** Where keys are made, or how to set it up; null where there is nothing to read. */
  readonly help: string | null;
  /** Whether it wants a key: `optional` where local servers want none. */
  readonly key: 'none' | 'optional' | 'required';
  /** One or two sentences for Settings: what it is, what it needs. */
  readonly notes: string;
  /** Id in the price list; null where the list does not have it. */
  readonly priceProviderId: string | null;
  /** True where a token costs nothing as long as the server is on this computer. */
  readonly free: boolean;
  /**
   * What to do where it answers but not to this page: one sentence; `{origin}` is the address of the
   * page. Null where its host always answers pages that have a good key.
   */
  readonly corsAdvice: string | null;
  /** How it is asked for its models where that is not `GET /models` with the key as bearer token. */
  readonly modelList?: {
    readonly path: string;
    /** Header that takes the key. */
    readonly keyHeader: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  /** What tells a good key from a bad one where anybody may have the list of models. */
  readonly keyPath?: string;
}
