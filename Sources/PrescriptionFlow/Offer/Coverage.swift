import Requisitions
public import Formulary
public import Primitives
public import StockLedger

/// An open line of a prescription: what is still to be handed out of it.
public struct OpenLine: Sendable, Hashable {
    /// From 1.
    public let line: Int
    public let product: ProductID
    public let open: BaseUnits
    /// The last day on which it will be used.
    public let usedThrough: CalendarDate

    public init(line: Int, product: ProductID, open: BaseUnits, usedThrough: CalendarDate) {
        self.line = line
        self.product = product
        self.open = open
        self.usedThrough = usedThrough
    }

    var need: StockNeed { StockNeed(product: product, usedThrough: usedThrough) }
}

/// What a store could give to an open line.
public struct LineCoverage: Sendable, Hashable, Codable {
    /// Of the prescription, from 1.
    public let line: Int
    public let product: ProductID
    /// Base units still to be handed out.
    public let open: BaseUnits
    /// Base units there that last for the course, whether or not they may leave now.
    public let usable: BaseUnits
    /// Whether the product is being counted there, so that nothing of it leaves for now.
    public let isFrozen: Bool
    /// Base units that are missing.
    public let short: BaseUnits

    public init(_ line: OpenLine, from stock: UsableStock) {
        self.line = line.line
        product = line.product
        open = line.open
        usable = stock.quantity
        isFrozen = stock.isFrozen
        short = stock.isFrozen ? line.open : max(.zero, line.open - stock.quantity)
    }

    /// Base units that could be handed out now.
    public var served: BaseUnits { open - short }
}

/// What a store could give to a prescription. Pure: reads nothing.
public struct Coverage: Sendable, Hashable {
    public let lines: [LineCoverage]

    /// - Parameter stock: what the store has; nothing of what is left out.
    public init(of lines: [OpenLine], from stock: [StockNeed: UsableStock]) {
        self.lines = lines.map { LineCoverage($0, from: stock[$0.need] ?? .none) }
    }

    public var isComplete: Bool { lines.allSatisfy { $0.short == 0 } }
    /// Lines that could be handed out whole.
    public var linesServed: Int { lines.count { $0.short == 0 } }

    /// What is missing, with the products' names and the numbers: 缺 氨氯地平片 5mg：需28片，有14片.
    public func explanation(_ products: [ProductID: Product]) -> Phrase {
        let missing = lines.filter { $0.short > 0 }.map { line in Self.words(line, products[line.product]) }
        guard !missing.isEmpty else { return Phrase("全部有货", "Everything is there") }
        return Phrase(
            "缺 " + missing.map(\.chinese).joined(separator: "；"), "Short of " + missing.map(\.english).joined(separator: "; "))
    }

    private static func words(_ line: LineCoverage, _ product: Product?) -> Phrase {
        let name = product?.label ?? line.product.description
        let unit = UnitWord(code: product?.baseUnit ?? "").name
        func grouped(_ quantity: BaseUnits) -> String { WholeNumbers.grouped(Int128(quantity.rawValue)) }
        let (open, usable) = (grouped(line.open), grouped(line.usable))
        guard !line.isFrozen else {
            return Phrase(
                "\(name)：需\(open)\(unit.chinese)，正在盘点，暂不能发",
                "\(name): \(open) \(unit.english) asked, being counted and held still")
        }
        return Phrase(
            "\(name)：需\(open)\(unit.chinese)，有\(usable)\(unit.chinese)",
            "\(name): \(open) \(unit.english) asked, \(usable) there")
    }
}
