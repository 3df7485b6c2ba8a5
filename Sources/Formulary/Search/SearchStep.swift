import Postgres

/// One step of a search: products that match in one way, or in a few that are found together.
struct SearchStep {
    /// The places in the order of lists that its products take (``SearchMatch/order(distance:)``).
    let orders: ClosedRange<Int>
    /// Asked for only when the search comes to this step; `nil` finds nothing.
    let candidates: () throws -> Candidates?

    /// Where the products are looked for.
    enum Candidates {
        /// Among those of a statement `SELECT product_id, place_order`, of a few thousand rows at most. `unless` are
        /// conditions on the product and what it is found by, of which none may hold.
        case among(SQL, unless: [SQL] = [])
        /// All, from the shortest name on.
        case everything
        /// Among all, from the shortest name on, until enough have `condition`: for what so many have that it is sooner
        /// met with than collected.
        case all(having: SQL, unless: [SQL] = [])
    }
}

extension SearchMatch {
    private static let distancesMax = 1_000

    /// One number by which lists are ordered first.
    func order(distance: Int = 0) -> Int { rank * Self.distancesMax + min(distance, Self.distancesMax - 1) }

    /// The match and distance of a number.
    static func of(order: Int) -> (match: SearchMatch, distance: Int) {
        (allCases.first { $0.rank == order / distancesMax } ?? .any, order % distancesMax)
    }
}
