public import LongPrescriptions
public import Primitives
public import Requisitions

/// What will be missing of a product for an instalment on its due day.
public struct UnmetRefill: Sendable, Hashable {
    public let plan: LongPlanID
    public let instalment: Int
    public let product: ProductID
    public let dueOn: CalendarDate
    /// Base units of the product in the instalment.
    public let quantity: BaseUnits
    /// Base units of these that will not be there, more than 0.
    public let missing: BaseUnits
    /// From this day on, through the due day, less is left than the instalment needs.
    public let runsOutOn: CalendarDate

    public init(
        plan: LongPlanID, instalment: Int, product: ProductID, dueOn: CalendarDate, quantity: BaseUnits, missing: BaseUnits,
        runsOutOn: CalendarDate
    ) {
        self.plan = plan
        self.instalment = instalment
        self.product = product
        self.dueOn = dueOn
        self.quantity = quantity
        self.missing = missing
        self.runsOutOn = runsOutOn
    }
}

/// Tells which instalments a store will not be able to hand out, from what it has, what it expects and what others use.
///
/// It goes through the days from today on as the store will. On each day:
/// 1. What arrives on the day is there.
/// 2. Instalments whose time of setting aside has come take what they need, due first: whole ones only, each product of a batch
///    that lasts until the instalment is used up, first expired first.
/// 3. One that is due, or overdue, and cannot be whole is unmet. It has first right all the same: it keeps what there is for
///    it, and what it lacks is missing.
/// 4. Others take what they use on average, first expired first, as far as there is something.
///
/// So others take from an instalment's stock until it is set aside, and not after that; an instalment that is due first is not
/// touched by those that are due after it; and what all instalments of a product lack together is what would have to be there
/// besides.
///
/// Source: own rule; steps 2 and 3 follow `ReserveDueInstalments`.
public struct RefillOutlook: Sendable {
    public var today: CalendarDate
    /// Days before the due day from which stock is set aside.
    public var reserveDays: Int
    /// Instalments for which nothing is set aside, each once, in any order.
    public var needs: [WaitingInstalment]
    public var supplies: [ProductID: [ExpectedSupply]]
    public var others: [ProductID: AverageUse]

    public init(
        today: CalendarDate, reserveDays: Int, needs: [WaitingInstalment], supplies: [ProductID: [ExpectedSupply]],
        others: [ProductID: AverageUse]
    ) {
        self.today = today
        self.reserveDays = reserveDays
        self.needs = needs
        self.supplies = supplies
        self.others = others
    }

    /// What is missing, in the order of instalments, then of products.
    public func unmet() -> [UnmetRefill] {
        var waiting = needs.sorted {
            ($0.dueOn, $0.plan.description, $0.instalment) < ($1.dueOn, $1.plan.description, $1.instalment)
        }
        var shelves = Shelves(of: Set(needs.flatMap(\.quantities.keys)), supplies, others, from: today)
        var unmet: [UnmetRefill] = []
        var day = today
        while !waiting.isEmpty {
            waiting = waiting.filter { need in
                guard need.dueOn <= day.adding(days: reserveDays) else { return true }
                if shelves.setAside(need, on: day) { return false }
                guard need.dueOn <= day else { return true }
                unmet += shelves.keep(need, on: day)
                return false
            }
            shelves.serveOthers(on: day)
            day = day.adding(days: 1)
        }
        return unmet
    }
}

/// The shelves of a store on one day after the other.
private struct Shelves {
    private var shelves: [ProductID: OutlookShelf]

    init(
        of products: Set<ProductID>, _ supplies: [ProductID: [ExpectedSupply]], _ others: [ProductID: AverageUse],
        from today: CalendarDate
    ) {
        shelves = Dictionary(
            uniqueKeysWithValues: products.map { product in
                (product, OutlookShelf(supplies[product] ?? [], others: others[product] ?? .none, from: today))
            })
    }

    /// Takes what an instalment needs when all of it is there, and nothing otherwise.
    ///
    /// - Returns: whether it was.
    mutating func setAside(_ need: WaitingInstalment, on day: CalendarDate) -> Bool {
        let isWhole = need.quantities.allSatisfy { product, quantity in
            shelves[product].map { $0.there(on: day, lasting: need.usedThrough) >= quantity } ?? false
        }
        guard isWhole else { return false }
        for (product, quantity) in need.quantities { _ = shelves[product]?.take(quantity, on: day, lasting: need.usedThrough) }
        return true
    }

    /// Takes what there is for an instalment, and tells what it lacks.
    mutating func keep(_ need: WaitingInstalment, on day: CalendarDate) -> [UnmetRefill] {
        need.quantities.sorted { $0.key < $1.key }.compactMap { product, quantity in
            let kept = shelves[product]?.take(quantity, on: day, lasting: need.usedThrough) ?? .zero
            guard kept < quantity else { return nil }
            return UnmetRefill(
                plan: need.plan, instalment: need.instalment, product: product, dueOn: need.dueOn, quantity: quantity,
                missing: quantity - kept,
                runsOutOn: shelves[product]?.runsOut(below: quantity, lasting: need.usedThrough) ?? day)
        }
    }

    mutating func serveOthers(on day: CalendarDate) {
        for product in Array(shelves.keys) { shelves[product]?.serveOthers(on: day) }
    }
}
