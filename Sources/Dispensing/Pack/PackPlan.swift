import Formulary
import Postgres
import Primitives
import StockLedger

/// Which packs each line of a dispensing comes from, decided after the ledger issued the units and holds their shelves.
struct PackPlan {
    /// A line that comes in packs. Herbal pieces are weighed from the drawer and have none.
    struct Line {
        let line: DispensedLine
        let packSize: BaseUnits
        let split: PackSplit
        /// The open packs of the line's batch, by number.
        let open: [OpenedPackID: OpenedPack]

        /// The codes of the open packs that give something.
        var openCodes: [(pack: PackPart, code: String)] {
            split.fromOpened.compactMap { part in open[part.pack]?.code.map { (part, $0) } }
        }
    }

    let lines: [Line]

    /// - Parameter issued: lines whose units have left the store in this transaction.
    init(_ issued: [DispensedLine], in store: StoreID, of consortium: ConsortiumID, _ transaction: Transaction) throws {
        let products = ProductsStore(transaction)
        let known = try products.products(issued.map(\.pick.product))
        let articles = try products.articles(issued.map(\.pick.article))
        let inPacks = issued.filter { known[$0.pick.product]?.kind != .herbal }
        let batches = inPacks.map(\.pick.batch)
        let left = try StockReadings(transaction).available(of: batches, in: store, of: consortium)
        let open = Dictionary(grouping: try PackStore(transaction, consortium).open(of: batches, in: store), by: \.batch)
        lines = inPacks.compactMap { line in
            guard let article = articles[line.pick.article] else { return nil }
            let packs = open[line.pick.batch] ?? []
            let split = PackRules.split(
                line.pick.quantity, of: (left[line.pick.batch] ?? 0) + line.pick.quantity, packSize: article.packSize,
                opened: packs.map { PackPart(pack: $0.id, quantity: $0.remaining) })
            return Line(
                line: line, packSize: article.packSize, split: split,
                open: Dictionary(packs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Base units out of opened packs, by line.
    var splitOfLine: [Int: BaseUnits] {
        Dictionary(lines.map { ($0.line.number, $0.split.split) }, uniquingKeysWith: +)
    }

    /// Writes what the packs gave, after the dispensing's lines.
    ///
    /// - Parameter codes: the scanned codes of the packs that are opened, by line.
    func record(
        of dispensing: DispensingID, in store: StoreID, openedCodes codes: [Int: [String]], _ transaction: Transaction,
        by principal: Principal, at now: Instant
    ) throws {
        let packs = PackStore(transaction, principal.consortium)
        for line in lines {
            for part in line.split.moved { try packs.move(part, at: now) }
            for part in line.split.fromOpened { try packs.take(part, at: now) }
            var used = line.split.fromOpened
            var unused = codes[line.line.number] ?? []
            for opening in line.split.openings {
                let code = opening.isFound || unused.isEmpty ? nil : unused.removeFirst()
                let pack = try packs.open(opening, of: line.line.pick, code: code, in: store, by: principal.person, at: now)
                used.append(PackPart(pack: pack, quantity: opening.taken))
            }
            if !used.isEmpty { try packs.add(used, to: line.line.number, of: dispensing) }
        }
    }
}
