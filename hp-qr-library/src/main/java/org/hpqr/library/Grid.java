package org.hpqr.library;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns and rows, written {@code 4x2}. */
record Grid(int columns, int rows) {

    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

    static Grid of(String text, String where) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches())
            throw new InvalidDefinitionException(where + ": \"" + text + "\" is not COLUMNSxROWS");
        return new Grid(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    Cells cells() {
        return new Cells();
    }

    /** Gives the cells away in reading order. */
    final class Cells {

        private final boolean[][] taken = new boolean[rows][columns];

        /**
         * The next free place.
         *
         * @param wide columns it takes
         * @param high rows it takes
         * @return Display Environment Spatial Position (0072,0108): left, top, right, bottom, from the bottom left corner
         */
        double[] next(int wide, int high) {
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < columns; column++)
                    if (!taken[row][column])
                        return take(row, column, wide, high);
            throw new InvalidDefinitionException("there are more boxes than cells in a grid of " + columns + 'x' + rows);
        }

        private double[] take(int row, int column, int wide, int high) {
            if (row + high > rows || column + wide > columns)
                throw new InvalidDefinitionException("a box of " + wide + 'x' + high + " reaches out of the grid");
            for (int r = row; r < row + high; r++)
                for (int c = column; c < column + wide; c++) {
                    if (taken[r][c])
                        throw new InvalidDefinitionException("a box of " + wide + 'x' + high + " covers another one");
                    taken[r][c] = true;
                }
            return new double[] {(double) column / columns, 1 - (double) row / rows, (double) (column + wide) / columns,
                1 - (double) (row + high) / rows};
        }

        void checkFilled() {
            for (boolean[] row : taken)
                for (boolean cell : row)
                    if (!cell)
                        throw new InvalidDefinitionException("a grid of " + columns + 'x' + rows + " has more cells than boxes");
        }
    }
}
