public import PlatformMessages
public import Postgres
public import Primitives

/// Writes down what a platform says is delivered. The same lines again change nothing.
public struct TakeDeliveries: Sendable {
    public var platform: String
    public var lines: [PlatformDeliveryLine]
    /// What the platform said besides and nobody understands.
    public var unreadable: [PlatformUnreadableRow]

    public init(platform: String, lines: [PlatformDeliveryLine], unreadable: [PlatformUnreadableRow] = []) {
        self.platform = platform
        self.lines = lines
        self.unreadable = unreadable
    }

    /// - Returns: how many lines are new.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> Int {
        let deliveries = DeliveriesStore(transaction, consortium, platform)
        let differences = DifferencesStore(transaction, consortium, platform)
        var new = 0
        for row in unreadable {
            try differences.open(.missingHere, "delivery \(row.name)", ours: "", theirs: "unreadable: \(row.reason)", at: now)
        }
        for line in lines {
            let subject = "delivery \(line.deliveryLine)"
            guard line.state != .void else {
                if let packs = try deliveries.packs(of: line.deliveryLine) {
                    try differences.open(.state, subject, ours: "\(packs) packs announced", theirs: "void", at: now)
                }
                continue
            }
            guard line.packs > 0 else {
                try differences.open(.quantity, subject, ours: "", theirs: "\(line.packs) packs", at: now)
                continue
            }
            guard let ours = try deliveries.placedLine(line.platformOrderLine) else {
                try differences.open(.missingHere, subject, ours: "", theirs: "order line \(line.platformOrderLine)", at: now)
                continue
            }
            guard let article = try deliveries.article(line.product), let expiresOn = line.expiresOn else {
                try differences.open(
                    .missingHere, subject, ours: "",
                    theirs: "product \(line.product), expiry \(line.expiresOn.map { "\($0)" } ?? "none")", at: now)
                continue
            }
            let known = try deliveries.packs(of: line.deliveryLine)
            if known == nil {
                try deliveries.insert(line, of: ours, article: article, expiresOn: expiresOn, at: now)
                new += 1
                try differences.agree(subject, except: [], at: now)
            } else if known == line.packs {
                try differences.agree(subject, except: [], at: now)
            } else {
                try differences.open(.quantity, subject, ours: "\(known ?? 0) packs", theirs: "\(line.packs) packs", at: now)
            }
        }
        return new
    }
}
