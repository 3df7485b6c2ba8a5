/// Things by their numbers, for the institution they belong to.
extension Platform {
    /// Compares the whole text: the serial alone would let through a number with another day.
    func order(_ number: String, in book: Int) -> Int? {
        let face = books[book].face
        guard case .order(let index) = thing(number, face), orders[index].book == book, orders[index].id.text(face) == number else {
            return nil
        }
        return index
    }

    func line(_ number: String, in book: Int) -> Int? {
        let face = books[book].face
        guard case .line(let index) = thing(number, face), orders[lines[index].order].book == book,
            lines[index].id.text(face) == number
        else { return nil }
        return index
    }

    /// A line by the number it was sent under.
    func sentLine(_ number: String, in book: Int) -> Int? {
        let face = books[book].face
        guard case .line(let index) = thing(number, face), orders[lines[index].order].book == book,
            lines[index].sentID?.text(face) == number
        else { return nil }
        return index
    }

    func note(_ number: String, in book: Int) -> Int? {
        let face = books[book].face
        guard case .note(let index) = thing(number, face), notes[index].book == book, notes[index].id.text(face) == number else {
            return nil
        }
        return index
    }

    func shipment(_ number: String, in book: Int) -> Int? {
        let face = books[book].face
        guard case .shipment(let index) = thing(number, face), notes[shipments[index].note].book == book,
            shipments[index].id.text(face) == number
        else { return nil }
        return index
    }

    func invoice(_ number: String, in book: Int) -> Int? {
        let face = books[book].face
        guard case .invoice(let index) = thing(number, face), invoices[index].book == book, invoices[index].id.text(face) == number
        else { return nil }
        return index
    }

    func goodsReturn(_ number: String, in book: Int) -> Int? {
        let face = books[book].face
        guard case .goodsReturn(let index) = thing(number, face), returns[index].book == book,
            returns[index].id.text(face) == number
        else { return nil }
        return index
    }

    func settlement(_ number: String, in book: Int) -> Int? {
        guard let serial = Settlement.serial(number), case .settlement(let index) = thing(serial), settlements[index].book == book
        else { return nil }
        return index
    }
}
