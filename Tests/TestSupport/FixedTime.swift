public import Primitives

extension Instant {
    /// The moment at which tests take place unless they say otherwise: 2026-11-21T00:00:00Z, 08:00 in Shanghai.
    public static let ofTests = Instant(microseconds: 1_795_219_200_000_000)
}

extension TimeSource {
    /// A clock that stands still at ``Primitives/Instant/ofTests``.
    public static let ofTests = TimeSource.fixed(.ofTests)
}
