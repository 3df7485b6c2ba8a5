/// The clinical rules' data as one value: read once, never changed.
public struct RuleCatalogue: Sendable {
    public let groups: [SubstanceGroup]
    public let substances: [Substance]
    public let interactions: [Interaction]
    let index: SubstanceIndex
    let interactionsByFirst: [String: [Interaction]]

    public init(groups: [SubstanceGroup] = [], substances: [Substance] = [], interactions: [Interaction] = []) {
        self.groups = groups
        self.substances = substances
        self.interactions = interactions
        index = SubstanceIndex(substances)
        interactionsByFirst = Dictionary(grouping: interactions, by: \.first.code)
    }

    /// Knows nothing; with it no rule finds anything.
    public static let empty = RuleCatalogue()
}
