/**
 * Exact numbers. Nothing here is reckoned in binary fractions.
 * @module
 */

/** The longest number that is reckoned with, in binary digits: what grows beyond it was never a score. */
const LARGEST = 2n ** 200_000n;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;

/** A fraction of two whole numbers, in its lowest terms. */
export class Rational {
  /**
   * @param {bigint} numerator
   * @param {bigint} [denominator]
   */
  constructor(numerator, denominator = 1n) {
    if (denominator !== 1n) {
      const sign = denominator < 0n ? -1n : 1n;
      const shared = sign * greatestCommonDivisor(numerator, denominator);
      numerator /= shared;
      denominator /= shared;
    }
    if (numerator > LARGEST || numerator < -LARGEST || denominator > LARGEST) {
      throw new RangeError("a number became longer than any form needs");
    }
    /** @readonly */
    this.numerator = numerator;
    /** @readonly */
    this.denominator = denominator;
  }

  /** @param {Rational} other */
  plus(other) {
    if (this.denominator === 1n && other.denominator === 1n) return new Rational(this.numerator + other.numerator);
    return new Rational(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  /** @param {Rational} other */
  times(other) {
    return new Rational(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** @param {Rational} other a number other than nought */
  over(other) {
    return new Rational(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  negated() {
    return new Rational(-this.numerator, this.denominator);
  }

  /**
   * Return a number below nought, nought, or one above it, as this is less than, equal to or more than the other.
   * @param {Rational} other
   * @returns {-1 | 0 | 1}
   */
  compare(other) {
    const mine = this.numerator * other.denominator;
    const theirs = other.numerator * this.denominator;
    return mine < theirs ? -1 : mine > theirs ? 1 : 0;
  }

  /** @param {Rational} other */
  equals(other) {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  isWhole() {
    return this.denominator === 1n;
  }

  /** Return the greatest whole number that is not more than this. */
  floor() {
    const quotient = this.numerator / this.denominator;
    return this.numerator < 0n && quotient * this.denominator !== this.numerator ? quotient - 1n : quotient;
  }

  ceil() {
    return -this.negated().floor();
  }

  /** Return it as "5", or "5/2". */
  toString() {
    return this.isWhole() ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }

  /** Return the nearest number that JSON and JavaScript can hold, for showing and not for reckoning. */
  toNumber() {
    const sign = this.numerator < 0n ? -1 : 1;
    const top = this.numerator < 0n ? -this.numerator : this.numerator;
    // Enough binary digits to round by once, and the last of them says whether anything was cut off.
    const shift = BigInt(Math.max(0, 70 + bitLength(this.denominator) - bitLength(top)));
    const scaled = top << shift;
    const quotient = scaled / this.denominator;
    const digits = quotient * this.denominator === scaled ? quotient : quotient | 1n;
    return (sign * Number(digits)) / 2 ** Number(shift);
  }

  toJSON() {
    return this.toNumber();
  }
}

export const ZERO = new Rational(0n);
export const ONE = new Rational(1n);
export const HALF = new Rational(1n, 2n);

/**
 * @param {bigint} one
 * @param {bigint} other
 */
function greatestCommonDivisor(one, other) {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other];
  while (b) [a, b] = [b, a % b];
  return a;
}

/** @param {bigint} number */
function bitLength(number) {
  return number.toString(16).length * 4;
}

/**
 * Return a JSON number without binary rounding - 0.1 is a tenth - or null where the value is no finite number.
 * @param {unknown} value
 * @returns {Rational | null}
 */
export function exactNumber(value) {
  if (typeof value === "bigint") return new Rational(value);
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  if (Number.isSafeInteger(value)) return new Rational(BigInt(value));
  const [, sign, whole, fraction = "", exponent = "0"] = /** @type {RegExpExecArray} */ (DECIMAL.exec(String(value)));
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const power = Number(exponent) - fraction.length;
  return power < 0 ? new Rational(digits, 10n ** BigInt(-power)) : new Rational(digits * 10n ** BigInt(power));
}

/** @param {Rational[]} numbers at least one */
export const least = (numbers) => numbers.reduce((one, other) => (other.compare(one) < 0 ? other : one));
/** @param {Rational[]} numbers at least one */
export const most = (numbers) => numbers.reduce((one, other) => (other.compare(one) > 0 ? other : one));
