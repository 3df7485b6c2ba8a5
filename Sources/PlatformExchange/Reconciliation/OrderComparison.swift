import PlatformMessages
import Primitives

/// Holds an order as we have it against what the platform has. Pure.
///
/// Source: the canonical sequence of platforms, reference on trading middle-tables: every later message is keyed by the platform's line.
struct OrderComparison {
    /// A line as we believe the platform to have it.
    struct Ours: Sendable, Hashable {
        let number: Int
        let platformLine: String?
        let packs: Int64
        let packPrice: Money
        /// Whether the platform has taken it in, and it was not voided.
        let isLive: Bool
    }

    struct Found: Sendable, Hashable {
        let kind: Difference.Kind
        let subject: String
        let ours: String
        let theirs: String
    }

    /// Ours.
    let number: String
    let lines: [Ours]

    func differences(to theirs: [PlatformOrderLineState]) -> [Found] {
        var rest: [String: PlatformOrderLineState] = [:]
        // A page that moved may have brought a row twice.
        for row in theirs { rest[row.platformLine] = row }
        var found: [Found] = []
        for line in lines {
            let subject = "order \(number)/\(line.number)"
            let row = line.platformLine.flatMap { rest.removeValue(forKey: $0) }
            switch (line.isLive, row) {
            case (true, nil): found.append(Found(kind: .missingThere, subject: subject, ours: "\(line.packs) packs", theirs: ""))
            case (true, let row?):
                if let packs = row.packs, packs != line.packs {
                    found.append(Found(kind: .quantity, subject: subject, ours: "\(line.packs) packs", theirs: "\(packs) packs"))
                }
                if let price = row.packPrice, price != line.packPrice {
                    found.append(
                        Found(kind: .price, subject: subject, ours: "\(line.packPrice) a pack", theirs: "\(price) a pack"))
                }
                if !row.state.isLive {
                    found.append(Found(kind: .state, subject: subject, ours: "sent", theirs: row.state.rawValue))
                }
            case (false, let row?) where row.state.isLive:
                found.append(Found(kind: .state, subject: subject, ours: "void", theirs: row.state.rawValue))
            case (false, _): break
            }
        }
        for (platformLine, row) in rest.sorted(by: { $0.key < $1.key }) where row.state.isLive {
            found.append(
                Found(
                    kind: .missingHere, subject: "order \(number), line \(platformLine)", ours: "",
                    theirs: row.packs.map { "\($0) packs" } ?? ""))
        }
        return found
    }
}

extension PlatformOrderLineState.State {
    /// Whether goods come, or have come, by it.
    var isLive: Bool {
        switch self {
        case .sent, .confirmed, .shipping, .delivered: true
        case .draft, .refused, .void, .closed: false
        }
    }
}
