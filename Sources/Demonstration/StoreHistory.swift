import Primitives
import StockLedger

/// The days of one pharmacy, made up from a seed: what is delivered, what is issued. It never issues more than there is.
///
/// Each day follows from the ones before, so days are asked for in their order.
struct StoreHistory {
    /// One business day.
    struct Day: Equatable {
        var deliveries: [BatchQuantity] = []
        var toPatients: [ProductQuantity] = []
        var toWards: [ProductQuantity] = []
    }

    /// How long before the end the supplier of a short product stops delivering.
    static let shortDays = 50
    /// Between two deliveries.
    static let deliveryDays = 14

    private let shelves: [Shelf]
    private let days: ClosedRange<CalendarDate>
    /// Whether it has wards, and opens on Sundays.
    private let isHospital: Bool
    /// Of the fourteen days between deliveries, the one on which this store's come.
    private let deliveryDay: Int
    private var generator: SeededGenerator
    /// What is there of each shelf, by expiry.
    private var stock: [[CalendarDate: BaseUnits]]

    init(shelves: [Shelf], days: ClosedRange<CalendarDate>, isHospital: Bool, seed: StableNumber) {
        self.shelves = shelves
        self.days = days
        self.isHospital = isHospital
        deliveryDay = seed.below(Self.deliveryDays)
        generator = seed.generator
        stock = Array(repeating: [:], count: shelves.count)
    }

    /// What was there when the ledger began.
    mutating func opening() -> [BatchQuantity] {
        var lines: [BatchQuantity] = []
        for (index, shelf) in shelves.enumerated() {
            let batch: MakersBatch
            if shelf.isSlow {
                let daysLeft = Int.random(in: -20...75, using: &generator)
                batch = MakersBatch(of: shelf.product, expiresOn: days.upperBound.adding(days: daysLeft))
            } else {
                let age = Int.random(in: 2...6, using: &generator)
                batch = MakersBatch(of: shelf.product, made: days.lowerBound.firstOfMonth(addingMonths: -age))
            }
            lines.append(put(shelf.opening, of: batch, on: index))
        }
        return lines
    }

    /// What happens on a day.
    mutating func next(_ day: CalendarDate) -> Day {
        var result = Day()
        if Int(day.day) % Self.deliveryDays == deliveryDay { result.deliveries = deliveries(on: day) }
        guard isHospital || !day.isSunday else { return result }
        for (index, shelf) in shelves.enumerated() {
            guard Int.random(in: 0..<100, using: &generator) < shelf.daysOfHundred else { continue }
            let patients = Int64.random(in: 1...shelf.patientsMax, using: &generator)
            let taken = take(BaseUnits(patients * shelf.course), of: index, on: day)
            guard taken > 0 else { continue }
            let line = ProductQuantity(product: shelf.product.id, quantity: taken)
            if isHospital, shelf.product.isInjected { result.toWards.append(line) } else { result.toPatients.append(line) }
        }
        return result
    }

    /// Orders every product up to what six weeks use.
    private mutating func deliveries(on day: CalendarDate) -> [BatchQuantity] {
        let isLate = days.upperBound.days(since: day) < Self.shortDays
        var lines: [BatchQuantity] = []
        for (index, shelf) in shelves.enumerated() where !shelf.isSlow && !(shelf.isShort && isLate) {
            let level = BaseUnits(shelf.fourWeeks.rawValue * 3 / 2)
            let there = usable(of: index, on: day)
            guard there < shelf.fourWeeks else { continue }
            let age = Int.random(in: 1...3, using: &generator)
            let quantity = (level - there).roundedUp(toPacksOf: BaseUnits(shelf.product.packSize))
            let batch = MakersBatch(of: shelf.product, made: day.firstOfMonth(addingMonths: -age))
            lines.append(put(quantity, of: batch, on: index))
        }
        return lines
    }

    private func usable(of index: Int, on day: CalendarDate) -> BaseUnits {
        stock[index].filter { $0.key > day }.values.sum()
    }

    private mutating func put(_ quantity: BaseUnits, of batch: MakersBatch, on index: Int) -> BatchQuantity {
        stock[index][batch.key.expiresOn, default: 0] += quantity
        return BatchQuantity(batch: batch.key, quantity: quantity)
    }

    /// Takes as much of `wanted` as is usable, first expired first.
    private mutating func take(_ wanted: BaseUnits, of index: Int, on day: CalendarDate) -> BaseUnits {
        var open = wanted
        for (expiresOn, quantity) in stock[index].sorted(by: { $0.key < $1.key }) where expiresOn > day && open > 0 {
            let taken = min(open, quantity)
            stock[index][expiresOn] = quantity - taken
            open -= taken
        }
        return wanted - open
    }
}

extension CalendarDate {
    /// 1970-01-01 was a Thursday.
    fileprivate var isSunday: Bool { day % 7 == 3 }
}
