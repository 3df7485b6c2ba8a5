import Distribution
import Foundation
import PooledProcurement
import Primitives
import Requisitions
import TestSupport
import Testing

@testable import RefillWarnings

@Suite("When goods are expected")
struct ExpectedArrivalsTests {
    private let arrivals = ExpectedArrivals(terms: .standard, today: Instant.ofTests.businessDay)
    private var today: CalendarDate { arrivals.today }

    private func line(_ packs: Int64 = 10, sent: Int? = nil, promised: Int? = nil, order: OrderID = OrderID(UUID())) -> OpenOrderLine {
        OpenOrderLine(
            order: order, line: 1, product: ProductID(1), packSize: 30, packs: packs,
            sentAt: sent.map { Instant(microseconds: Instant.ofTests.microseconds + Int64($0) * 86_400_000_000) },
            expectedOn: promised.map { today.adding(days: $0) })
    }

    @Test("an order comes on the day that was promised, or so many days after it was sent; overdue ones a week from today", arguments: [
        // sent, promised, expected: days from today
        (nil, nil, 14), (0, nil, 14), (-14, nil, 0), (-15, nil, 7), (-3, 5, 5), (-3, 0, 0), (-3, -1, 7), (nil, 2, 2),
    ] as [(Int?, Int?, Int)])
    func orders(sent: Int?, promised: Int?, expected: Int) {
        #expect(arrivals.day(of: line(sent: sent, promised: promised)) == today.adding(days: expected))
    }

    private func goods(_ packs: Int64, of order: OrderID, expected: Int, expires: Int) -> AnnouncedGoods {
        AnnouncedGoods(
            order: order, orderLine: 1, product: ProductID(1), packs: packs, expectedOn: today.adding(days: expected),
            expiresOn: today.adding(days: expires))
    }

    @Test("announced goods come on their day with their expiry; the rest of the order as it was promised")
    func announced() {
        let order = OrderID(UUID())
        let supplies = arrivals.supplies(
            available: [], transferred: [],
            announced: [goods(4, of: order, expected: 2, expires: 300), goods(1, of: order, expected: -1, expires: 200)],
            ordered: [line(10, promised: 9, order: order)], requested: [])
        #expect(
            supplies == [
                ProductID(1): [
                    ExpectedSupply(arrivesOn: today.adding(days: 7), expiresOn: today.adding(days: 200), quantity: 30),
                    ExpectedSupply(arrivesOn: today.adding(days: 2), expiresOn: today.adding(days: 300), quantity: 120),
                    ExpectedSupply(arrivesOn: today.adding(days: 9), expiresOn: nil, quantity: 150),
                ]
            ])
    }

    @Test("of what is announced counts what the order still asks for, the soonest first, and nothing of an order that is over")
    func announcedBeyond() {
        let order = OrderID(UUID())
        let announced = [
            goods(8, of: order, expected: 5, expires: 300), goods(3, of: order, expected: 2, expires: 200),
            goods(9, of: OrderID(UUID()), expected: 1, expires: 400),
        ]
        let supplies = arrivals.supplies(
            available: [], transferred: [], announced: announced, ordered: [line(5, order: order)], requested: [])
        #expect(
            supplies == [
                ProductID(1): [
                    ExpectedSupply(arrivesOn: today.adding(days: 2), expiresOn: today.adding(days: 200), quantity: 90),
                    ExpectedSupply(arrivesOn: today.adding(days: 5), expiresOn: today.adding(days: 300), quantity: 60),
                ]
            ])
    }

    @Test("what is asked for and not ordered comes after three weeks, and nothing is expected twice")
    func requested() {
        let supplies = arrivals.supplies(
            available: [], transferred: [], announced: [], ordered: [line(0)],
            requested: [[ProductID(1): 50, ProductID(2): 0], [ProductID(1): 7]])
        let day = today.adding(days: 21)
        #expect(
            supplies == [
                ProductID(1): [
                    ExpectedSupply(arrivesOn: day, expiresOn: nil, quantity: 50),
                    ExpectedSupply(arrivesOn: day, expiresOn: nil, quantity: 7),
                ]
            ])
    }

    @Test("an average is rounded up to whole units", arguments: [
        (0, 30, 20, 0), (30, 30, 20, 20), (1, 30, 1, 1), (1, 30, 30, 1), (1, 30, 31, 2), (90, 30, 0, 0), (90, 30, -1, 0),
    ] as [(BaseUnits, Int, Int, BaseUnits)])
    func average(used: BaseUnits, days: Int, ahead: Int, expected: BaseUnits) {
        #expect(AverageUse(used: used, days: days).within(days: ahead) == expected)
    }
}
