import Primitives
import Testing

@testable import Curl

@Suite("Which request begins")
struct AdmissionTests {
    @Test("each server's in order, the servers in turn, within both limits")
    func inTurn() {
        var admission = Admission<String>(perServerMax: 2, totalMax: 4, waitingMax: 10)
        for request in ["a1", "a2", "a3", "a4", "b1", "c1", "c2"] {
            let isTaken = admission.add(request, at: String(request.prefix(1)))
            #expect(isTaken)
        }
        func begin() -> [String] {
            var begun: [String] = []
            while let request = admission.next() { begun.append(request) }
            return begun
        }
        #expect(begin() == ["a1", "b1", "c1", "a2"])
        admission.end(at: "b")
        #expect(begin() == ["c2"])
        admission.end(at: "c")
        #expect(begin() == [])
        admission.end(at: "a")
        #expect(begin() == ["a3"])
        #expect(admission.waiting == 1 && admission.underWay == 3)
    }

    @Test("one more than may wait is not taken, and what is taken out leaves room")
    func waitingMax() {
        var admission = Admission<Int>(perServerMax: 1, totalMax: 1, waitingMax: 2)
        let added = [1, 2, 3].map { admission.add($0, at: "a") }
        #expect(added == [true, true, false])
        let removed = [1, 1, 3].map { wanted in admission.remove(at: "a") { $0 == wanted } }
        #expect(removed == [true, false, false])
        let isTaken = admission.add(4, at: "a")
        #expect(isTaken)
        #expect(admission.removeAll() == [2, 4] && admission.waiting == 0 && admission.next() == nil)
    }

    @Test("whatever happens, nothing is lost, overtaken or over a limit", arguments: UInt64(0)..<100)
    func properties(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var admission = Admission<(server: String, number: Int)>(
            perServerMax: .random(in: 1...3, using: &random), totalMax: .random(in: 1...6, using: &random), waitingMax: 30)
        var expected: [String: [Int]] = [:]
        var underWay: [String: Int] = [:]
        for number in 0..<500 {
            let server = ["a", "b", "c", "d"].randomElement(using: &random) ?? "a"
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let isTaken = admission.add((server, number), at: server)
                #expect(isTaken == (expected.values.map(\.count).reduce(0, +) < 30))
                if isTaken { expected[server, default: []].append(number) }
            case 5..<8:
                guard let begun = admission.next() else {
                    let isFull = underWay.values.reduce(0, +) == admission.totalMax
                    let mayBegin = expected.contains { !$0.value.isEmpty && underWay[$0.key, default: 0] < admission.perServerMax }
                    #expect(isFull || !mayBegin)
                    continue
                }
                #expect(expected[begun.server]?.removeFirst() == begun.number)
                underWay[begun.server, default: 0] += 1
                #expect(underWay[begun.server, default: 0] <= admission.perServerMax)
            case 8 where underWay[server, default: 0] > 0:
                admission.end(at: server)
                underWay[server, default: 0] -= 1
            default:
                guard let number = expected[server]?.randomElement(using: &random) else { continue }
                let isRemoved = admission.remove(at: server) { $0.number == number }
                #expect(isRemoved)
                expected[server]?.removeAll { $0 == number }
            }
            #expect(admission.waiting == expected.values.map(\.count).reduce(0, +))
            #expect(admission.underWay == underWay.values.reduce(0, +))
        }
    }
}
